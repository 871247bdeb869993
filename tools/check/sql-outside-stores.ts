import ts from 'typescript';
import { unexcused } from './excuses.ts';
import { isTest, type Source } from './sources.ts';

const builders = new Set(['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'mergeInto']);

/** Where SQL may stand: stores, migrations, and the platform below them. */
const home = /\.store\.ts$|^server\/src\/(platform|migrations)\//;

/** Statements on their way into stores. Never add a file: write a store instead. */
const exceptions: readonly string[] = [
  'server/src/automation/drain/tie-clients.ts',
  'server/src/automation/moves/create-item.ts',
  'server/src/automation/moves/hold-stages.ts',
  'server/src/automation/running/cancel-below.ts',
  'server/src/automation/running/report-trouble.ts',
  'server/src/automation/running/run-rule.ts',
  'server/src/crm/facts/workspace-facts.ts',
  'server/src/outbox/reason-columns.ts',
  'server/src/signals/judge-again.ts',
  'server/src/signals/record-signals.ts',
  'server/src/signals/recorder.ts',
];

/** Files of the server that hold SQL although they are no store. */
export function sqlOutsideStores(sources: readonly Source[]): string[] {
  return unexcused(filesWithSql(sources), exceptions, 'SQL belongs in a store (<name>.store.ts)');
}

export function filesWithSql(sources: readonly Source[]): string[] {
  return sources
    .filter(({ file }) => file.startsWith('server/src/') && !home.test(file) && !isTest(file))
    .filter(({ nodes }) => nodes.some(isSql))
    .map(({ file }) => file);
}

function isSql(node: ts.Node): boolean {
  if (ts.isTaggedTemplateExpression(node)) return isTagOfKysely(node.tag);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;

  const { expression, name } = node.expression;
  if (name.text === 'query') return node.arguments[0] !== undefined && isText(node.arguments[0]);
  return builders.has(name.text) || isTagOfKysely(expression);
}

function isTagOfKysely(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node)
    ? isTagOfKysely(node.expression)
    : ts.isIdentifier(node) && node.text === 'sql';
}

function isText(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}
