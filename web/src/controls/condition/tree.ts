import type { Condition, ConditionPart } from '@signalbox/automation/kit/conditions/condition.ts';
import { operators } from '@signalbox/automation/kit/conditions/operators.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';

/** `none` and `notAll` are groups under a NOT. */
export const joins = ['all', 'any', 'none', 'notAll'] as const;
export type Join = (typeof joins)[number];

export interface GroupNode {
  readonly id: string;
  readonly join: Join;
  readonly nodes: readonly Node[];
}

export interface PartNode {
  readonly id: string;
  readonly field: string;
  readonly is: ConditionPart['is'];
  readonly value: unknown;
  readonly matchCase: boolean;
}

export type Node = GroupNode | PartNode;

export const isGroup = (node: Node): node is GroupNode => 'nodes' in node;

/** What the builder edits: always one group at the top, every node with a name of its own. */
export function treeOf(raw: unknown): GroupNode {
  const node = nodeOf(raw, 'root');
  if (node !== null && isGroup(node)) return node;
  return { id: 'root', join: 'all', nodes: node === null ? [] : [{ ...node, id: 'root.0' }] };
}

/** The `when` of the automation file; null when nothing is asked. Parts without a field and empty groups fall out. */
export function conditionOf(node: Node): Condition | null {
  if (!isGroup(node)) return partOf(node);
  const parts = node.nodes.map(conditionOf).filter((part) => part !== null);
  return parts.length === 0 ? null : joined[node.join](parts);
}

/** The tree with one node changed, or taken out when the change says null. */
export function changeNode(root: GroupNode, id: string, change: (node: Node) => Node | null): GroupNode {
  const next = visit(root, id, change);
  return next !== null && isGroup(next) ? next : { ...root, nodes: [] };
}

export function addNode(root: GroupNode, groupId: string, node: Node): GroupNode {
  return changeNode(root, groupId, (group) => (isGroup(group) ? { ...group, nodes: [...group.nodes, node] } : group));
}

export function blankPart(id: string): PartNode {
  return { id, field: '', is: 'equals', value: undefined, matchCase: false };
}

const joined: Readonly<Record<Join, (parts: readonly Condition[]) => Condition>> = {
  all: (all) => ({ all }),
  any: (any) => ({ any }),
  none: (any) => ({ not: any.length === 1 && any[0] !== undefined ? any[0] : { any } }),
  notAll: (all) => ({ not: { all } }),
};

function partOf({ field, is, value, matchCase }: PartNode): Condition | null {
  if (field === '') return null;
  return { field, is, ...(value === undefined ? {} : { value }), ...(matchCase ? { matchCase: true } : {}) };
}

function visit(node: Node, id: string, change: (node: Node) => Node | null): Node | null {
  if (node.id === id) return change(node);
  if (!isGroup(node)) return node;
  return { ...node, nodes: node.nodes.map((child) => visit(child, id, change)).filter((child) => child !== null) };
}

function nodeOf(raw: unknown, id: string): Node | null {
  if (!isRecord(raw)) return null;
  if (Array.isArray(raw.all)) return groupOf('all', raw.all, id);
  if (Array.isArray(raw.any)) return groupOf('any', raw.any, id);
  return 'not' in raw ? denied(raw.not, id) : readPart(raw, id);
}

function groupOf(join: Join, list: readonly unknown[], id: string): GroupNode {
  return { id, join, nodes: list.map((entry, at) => nodeOf(entry, `${id}.${at}`)).filter((node) => node !== null) };
}

function denied(raw: unknown, id: string): Node | null {
  if (isRecord(raw) && Array.isArray(raw.any)) return groupOf('none', raw.any, id);
  if (isRecord(raw) && Array.isArray(raw.all)) return groupOf('notAll', raw.all, id);
  return groupOf('none', [raw], id);
}

function readPart(raw: Readonly<Record<string, unknown>>, id: string): PartNode | null {
  const is = operators.find((known) => known === raw.is);
  if (is === undefined) return null;
  return {
    id,
    field: typeof raw.field === 'string' ? raw.field : 'now',
    is,
    value: raw.value,
    matchCase: raw.matchCase === true,
  };
}
