import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from './base/run.ts';
import { sourceFiles } from './base/source-files.ts';

/** A file of ours, read once for every check that looks at the syntax tree. `file` is a path from the clone's root. */
export interface Source {
  readonly file: string;
  readonly tree: ts.SourceFile;
  /** Every node of the tree, parents before their children. */
  readonly nodes: readonly ts.Node[];
}

export const workspaces = ['automation', 'contract', 'server', 'web', 'widget', 'tools', 'e2e'] as const;

/** Every TypeScript file of every workspace, tests among them. */
export function readSources(): Source[] {
  return workspaces
    .flatMap((workspace) => sourceFiles(workspace))
    .map((file) => parseSource(file, fs.readFileSync(path.join(root, file), 'utf8')));
}

export function parseSource(file: string, text: string): Source {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return { file: file.replaceAll('\\', '/'), tree, nodes: nodesOf(tree) };
}

function nodesOf(tree: ts.SourceFile): ts.Node[] {
  const nodes: ts.Node[] = [tree];
  // The list grows while it is walked.
  for (const node of nodes) node.forEachChild((child) => void nodes.push(child));
  return nodes;
}

/** What tests, and what only tests use. */
export function isTest(file: string): boolean {
  return /\.(test|journey)\.tsx?$|\/testing[^/]*\.tsx?$|\/fixtures[./]|^e2e\//.test(file);
}
