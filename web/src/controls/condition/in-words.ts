import type { Operator } from '@signalbox/automation/kit/conditions/operators.ts';
import { isGroup, type Join, type Node, type PartNode } from './tree.ts';

/** What a sentence needs of the language on screen. */
export interface Words {
  readonly field: (path: string) => string;
  readonly value: (path: string, value: unknown, is: Operator) => string;
  readonly part: (is: Operator, words: { readonly field: string; readonly value: string }) => string;
  /** Joins the parts of a group: `a and b`, `a or b`, `none of: …`. */
  readonly group: (join: Join, parts: readonly string[]) => string;
}

/** Reads a condition back: "Amount is at least 10,000 PLN and (Source is Web or …)". Empty when nothing is asked. */
export function inWords(node: Node, words: Words): string {
  return read(node, words, false);
}

function read(node: Node, words: Words, inner: boolean): string {
  if (!isGroup(node)) return node.field === '' ? '' : readPart(node, words);
  const parts = node.nodes.map((child) => read(child, words, true)).filter((part) => part !== '');
  const [only] = parts;
  if (only === undefined) return '';
  if (parts.length === 1 && (node.join === 'all' || node.join === 'any')) return only;
  const text = words.group(node.join, parts);
  return inner ? `(${text})` : text;
}

function readPart(part: PartNode, words: Words): string {
  return words.part(part.is, { field: words.field(part.field), value: words.value(part.field, part.value, part.is) });
}
