import type { Condition } from '@signalbox/automation/kit/conditions/condition.ts';
import { compileCondition } from '@signalbox/automation/kit/conditions/conditions.ts';
import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import type { Reference } from '../facts/workspace-facts.ts';
import { makeItemFacts } from './item-facts.ts';
import { loadItemRows } from './items.store.ts';
import { findPlaces } from './list-items.store.ts';
import { listItems } from './list-items.ts';
import { findFew } from './narrowing/find-few.store.ts';
import { narrowFilter } from './narrowing/narrow-filter.store.ts';
import { loadPlainLetters } from './narrowing/plain-letters.ts';

export const now = new Date('2026-11-21T12:00:00Z');

/** Fields of these kinds have the name of their kind. */
export const customKinds: readonly FieldKind[] = [
  'text',
  'number',
  'money',
  'date',
  'dateTime',
  'yesNo',
  'choice',
  'multiChoice',
  'person',
  'client',
  'phone',
  'email',
  'link',
];
export function addField(tx: Tx, workspaceId: number, kind: FieldKind) {
  const options = kind.endsWith('hoice')
    ? [
        { value: 'one', name: 'Retail' },
        { value: '5', name: 'Straße' },
      ]
    : [];
  return sql`insert into fields (workspace_id, type, code, name, kind, options)
    values (${workspaceId}, 'deal', ${kind}, ${kind}, ${kind}, ${JSON.stringify(options)})`.execute(tx);
}

/** The ids of the items of which a trigger would say that the condition holds. */
export async function judgeAll(tx: Tx, condition: Condition, reference: Reference): Promise<number[]> {
  const places = await findPlaces(tx, { limit: 1000 });
  const rows = await loadItemRows(
    tx,
    places.map(({ id }) => id),
    { lock: false },
  );
  const holds = compileCondition(condition);
  const facts = await makeItemFacts(tx, rows, reference);
  const held = [...facts.values()].filter(
    (item) => holds({ item, workspace: reference.workspace, at: now.getTime() }).holds,
  );
  return held.map(({ id }) => id);
}

/** Page by page. */
export async function listAll(tx: Tx, query: { filter: string; sort: string | undefined }): Promise<number[]> {
  const ids: number[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listItems(tx, { type: 'deal', ...query, limit: 60, cursor, now });
    ids.push(...page.data.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
    cursor = page.nextCursor;
  }
}

// Whether the items are few decides which of the two ways a list goes; neither may lose one.
export async function checkNarrowing(
  tx: Tx,
  condition: Condition,
  { reference, expected }: { reference: Reference; expected: readonly number[] },
): Promise<void> {
  const workspaceId = workspaceOf(tx);
  const isPlain = await loadPlainLetters(tx, condition);
  const { where, few } = narrowFilter(condition, { workspaceId, type: 'deal', reference, at: now.getTime(), isPlain });
  const walked = await findPlaces(tx, { narrow: where, limit: 1000 });
  expect(walked.map(({ id }) => id)).toEqual(expect.arrayContaining([...expected]));
  if (few !== undefined) expect((await findFew(tx, few)) ?? expected).toEqual(expect.arrayContaining([...expected]));
}
