import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import { expect, test } from 'vitest';
import { engineBench, onHook } from '../drain/testing-drain.ts';
import { bringFileIn } from '../imports/testing-import.ts';
import { changeItem } from '../moves/change-item.ts';
import { createItem, type NewItem } from '../moves/create-item.ts';
import { deleteItem } from '../moves/delete-item.ts';
import { moveItem } from '../moves/move-item.ts';
import { decided, rehearseAll } from './testing-rehearsal.ts';

const bench = engineBench();
const { here, hook, record, drain, acting, stageOf } = bench;

const add = async (item: Partial<NewItem> = {}) =>
  (await here().inside((tx) => createItem(tx, acting(), { type: 'deal', title: 'Deal', ...item }))).id;
const change = (itemId: number, changes: Record<string, FieldValue>) =>
  here().inside((tx) => changeItem(tx, acting(), { itemId, changes }));
const remove = (id: number) => here().inside((tx) => deleteItem(tx, acting(), id));
const bring = (amount: number) =>
  bringFileIn(
    { context: bench.context(), here: here() },
    {
      ...{ bytes: Buffer.from(`Id,Title,Amount\nk1,Brought,${amount}\n`), target: 'deal' },
      settings: { duplicates: 'update', runRules: false },
    },
  );

interface Life {
  /** What the signal is judged on. */
  readonly when: object;
  /** Makes the item, so that the condition holds. */
  begin(): Promise<{ item: number; other: number }>;
  /** After the decision: the condition no longer holds. */
  after(made: { item: number; other: number }): Promise<unknown>;
}

const repeat = { field: 'repeat', is: 'equals', value: true };
async function again(mine: Partial<NewItem>) {
  const other = await add(mine);
  await here().inside((tx) => moveItem(tx, acting(), { itemId: other, stageCode: 'WON' }));
  return { other, item: await add(mine) };
}
const byContact = async () => again({ contactId: await here().addContact() });

const lives: Record<string, Life> = {
  'an invoice that was deleted': {
    when: { field: 'invoice.amount', is: 'at least', value: 100 },
    async begin() {
      await here().addPipeline({ type: 'invoice', name: 'Invoices', stages: [{ code: 'DRAFT' }] });
      const item = await add();
      return { item, other: await add({ type: 'invoice', amount: 150, parentId: item }) };
    },
    after: ({ other }) => remove(other),
  },
  'an earlier deal of the client that was deleted': {
    when: repeat,
    begin: byContact,
    after: ({ other }) => remove(other),
  },
  'an earlier deal of the company that was deleted': {
    when: repeat,
    begin: async () => again({ companyId: await here().addCompany() }),
    after: ({ other }) => remove(other),
  },
  'an earlier deal that went to another client': {
    when: repeat,
    begin: byContact,
    after: async ({ other }) => change(other, { contact: await here().addContact({ name: 'Other' }) }),
  },
  'a client whom the item had then': {
    when: repeat,
    begin: byContact,
    after: ({ item }) => change(item, { contact: null }),
  },
  'an earlier deal that is won no more': {
    when: repeat,
    begin: byContact,
    after: ({ other }) => here().inside((tx) => moveItem(tx, acting(), { itemId: other, stageCode: 'NEW' })),
  },
  'an amount that a quiet import changed': {
    when: { field: 'amount', is: 'at least', value: 1000 },
    async begin() {
      await bring(1500);
      return { item: await onlyItem(), other: 0 };
    },
    after: () => bring(10),
  },
};

const onlyItem = async () =>
  (
    await here().inside((tx) =>
      tx.selectFrom('items').select('id').where('workspace_id', '=', here().workspaceId).executeTakeFirstOrThrow(),
    )
  ).id;

test.each(Object.entries(lives))('3.7 rebuilds what was decided on: %s', async (_, { when, begin, after }) => {
  const made = await begin();
  await here().saveBoard({ triggers: [onHook('OFFER', 'a', { when })] });
  await record(hook(made.item, 'a'));
  await drain();
  expect(await stageOf(made.item)).toBe('OFFER');

  await after(made);
  // Judged once more, since now the condition does not hold.
  await here().inside((tx) => moveItem(tx, acting(), { itemId: made.item, stageCode: 'NEW' }));
  await record(hook(made.item, 'a'));
  await drain();
  expect(await stageOf(made.item)).toBe('NEW');

  const { rehearsed, result } = await rehearseAll(here());
  expect(rehearsed).toEqual(await decided(here()));
  expect(result).toMatchObject({ moves: 1, recordedMoves: 1, differing: 0 });
});
