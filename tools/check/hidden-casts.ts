import ts from 'typescript';
import { unexcused } from './excuses.ts';
import { isTest, type Source } from './sources.ts';

/** What it makes is declared unknown and read by a schema. */
const exceptions: readonly string[] = ['server/src/platform/http/http.ts'];

/** `JSON.parse(JSON.stringify(x))` is a cast in disguise: its result has whatever type is asked of it. */
export function hiddenCasts(sources: readonly Source[]): string[] {
  const fault = 'JSON.parse(JSON.stringify(…)) hides a cast: say property by property what is shown';
  return unexcused(filesWithHiddenCasts(sources), exceptions, fault);
}

export function filesWithHiddenCasts(sources: readonly Source[]): string[] {
  return sources.filter(({ file, nodes }) => !isTest(file) && nodes.some(isCastThroughJson)).map(({ file }) => file);
}

function isCastThroughJson(node: ts.Node): boolean {
  const made = argumentOf(node, 'parse');
  return made !== undefined && argumentOf(made, 'stringify') !== undefined;
}

function argumentOf(node: ts.Node, method: 'parse' | 'stringify'): ts.Node | undefined {
  return ts.isCallExpression(node) && node.expression.getText() === `JSON.${method}` ? node.arguments[0] : undefined;
}
