import path from 'node:path';
import ts from 'typescript';
import type { Source } from './sources.ts';

/** One import: of the names, or of everything (`import *`, `import()`, `export *`). */
export interface Import {
  readonly specifier: string;
  readonly names: readonly string[] | 'all';
}

/** Everything that a file imports or hands on. */
export function importsOf({ nodes }: Source): Import[] {
  return nodes.flatMap((node) => importIn(node) ?? []);
}

function importIn(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node))
    return { specifier: textOf(node.moduleSpecifier), names: namesOf(node.importClause) };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)
    return { specifier: textOf(node.moduleSpecifier), names: handedOn(node.exportClause) };
  if (ts.isImportTypeNode(node)) return { specifier: unquoted(node.argument.getText()), names: 'all' };
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return { specifier: unquoted(node.arguments[0]?.getText() ?? ''), names: 'all' };
  return undefined;
}

function namesOf(clause: ts.ImportClause | undefined): readonly string[] | 'all' {
  const bindings = clause?.namedBindings;
  if (bindings !== undefined && ts.isNamespaceImport(bindings)) return 'all';
  const own = clause?.name === undefined ? [] : ['default'];
  return [...own, ...(bindings?.elements.map(({ name, propertyName }) => (propertyName ?? name).text) ?? [])];
}

function handedOn(clause: ts.NamedExportBindings | undefined): readonly string[] | 'all' {
  if (clause === undefined || ts.isNamespaceExport(clause)) return 'all';
  return clause.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
}

function textOf(node: ts.Expression): string {
  return ts.isStringLiteralLike(node) ? node.text : '';
}

function unquoted(text: string): string {
  return text.replace(/^['"`]|['"`]$/g, '');
}

/** The file of ours that a specifier in `file` means; undefined for packages. */
export function fileOf(specifier: string, file: string): string | undefined {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier);
  const own = /^@signalbox\/([a-z0-9]+)\/(.+)$/.exec(specifier);
  if (own === null) return undefined;
  const [, workspace, inside] = own;
  return workspace === 'tools' || workspace === 'e2e' ? `${workspace}/${inside}` : `${workspace}/src/${inside}`;
}

/** The package that a specifier means: `@scope/name` or `name`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
