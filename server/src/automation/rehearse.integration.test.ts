import type { FieldValue } from '@signalbox/automation/kit/values.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { changeClient } from '../crm/clients/save-client.ts';
import { changeItem } from './change-item.ts';
import { createItem } from './create-item.ts';
import { moveItem } from './move-item.ts';
import { engineBench } from './testing-drain.ts';
import { decided, rehearseAll } from './testing-rehearsal.ts';

const { here, clock, rows, hook, opened, signal, record, drain, acting } = engineBench();

const stages = ['NEW', 'OFFER', 'WARM', 'WON', 'LOST'] as const;
const codes = ['a', 'b', 'c'] as const;
const conditions = [
  ...[undefined, undefined, undefined],
  { field: 'amount', is: 'at least', value: 2000 },
  { field: 'title', is: 'contains', value: 'x' },
  { field: 'responsible', is: 'is empty' },
  { field: 'repeat', is: 'equals', value: true },
  { field: 'client.name', is: 'contains', value: 'x' },
  { field: 'Size', is: 'at most', value: 5 },
  { field: 'stage', is: 'equals', value: 'OFFER' },
  { field: 'invoice.amount', is: 'at least', value: 100 },
];
const changes: readonly Readonly<Record<string, FieldValue>>[] = [
  ...[{ amount: 1500 }, { amount: 2500 }, { amount: null }, { title: 'x' }, { title: 'y' }],
  ...[{ responsible: null }, { Size: 3, title: 'xy' }, { Size: 9 }, { contact: null }],
];
const listeners = [
  ...codes.map((code) => ({ on: 'apps/webhook', settings: { code } })),
  { on: 'email/opened' },
  { on: 'email/received' },
  { on: 'crm/field-changed', settings: { fields: ['amount'] } },
  { on: 'crm/field-changed', settings: { fields: ['title', 'Size'], to: ['x', 3] } },
];

const triggers = fc.array(
  fc
    .record({
      listener: fc.constantFrom(...listeners),
      stage: fc.constantFrom(...stages),
      allowBack: fc.boolean(),
      when: fc.constantFrom(...conditions),
    })
    .map(({ listener, when, ...more }) => ({ ...listener, ...more, ...(when === undefined ? {} : { when }) })),
  { minLength: 2, maxLength: 12 },
);

let scene: { items: number[]; contact: number; invoices: number[] };
beforeEach(async () => {
  scene = { items: await here().addItems(2), contact: 0, invoices: [] };
  await rows(sql`insert into fields (workspace_id, type, code, name, kind)
    values (${here().workspaceId}, 'deal', 'Size', 'Size', 'number')`);
  await here().addPipeline({ type: 'invoice', name: 'Invoices', stages: [{ code: 'DRAFT' }] });
  scene.contact = await here().addContact({ name: 'Bo', emails: ['bo@client.test'] });
  for (const title of ['third', 'fourth'])
    scene.items.push(await add({ type: 'deal', title, contactId: scene.contact }));
});

const add = async (item: Parameters<typeof createItem>[2]) =>
  (await here().inside((tx) => createItem(tx, acting(), { amount: 2000, ...item }))).id;
const change = (itemId: number, values: Readonly<Record<string, FieldValue>>) =>
  here().inside((tx) => changeItem(tx, acting(), { itemId, changes: values }));

/** What may happen; `n` chooses among what it may be. */
const doing: Record<string, (item: number, n: number) => Promise<unknown>> = {
  hook: (item, n) => record(hook(item, codes[n % 3] ?? 'a')),
  open: (item) => record(opened(item)),
  mail: () => record(signal('email.received', undefined, { client: { email: 'bo@client.test' } })),
  loop: (item, n) =>
    record(hook(item, 'a', { chain: { origin: { [item]: here().stages[stages[n % 5] ?? 'NEW'] ?? 0 }, entered: [] } })),
  change: (item, n) => change(item, changes[n % changes.length] ?? {}),
  move: (itemId, n) => here().inside((tx) => moveItem(tx, acting(), { itemId, stageCode: stages[n % 5] ?? 'NEW' })),
  rename: (_item, n) => {
    const body = { name: n % 2 === 0 ? 'Max' : 'Anna' };
    return here().inside((tx) => changeClient(tx, scene.contact, { kind: 'contact', body, now: clock.now() }));
  },
  invoice: async (parentId, n) =>
    scene.invoices.push(await add({ type: 'invoice', title: 'i', amount: 50 * n, parentId })),
  pay: async (_item, n) => scene.invoices[0] !== undefined && (await change(scene.invoices[0], { amount: 50 * n })),
  drain: () => drain(),
};
const often = ['hook', 'hook', 'hook', 'hook', 'change', 'change', 'move', 'drain', 'drain', ...Object.keys(doing)];
const happenings = fc.array(fc.tuple(fc.constantFrom(...often), fc.nat(3), fc.nat(20)), {
  minLength: 30,
  maxLength: 60,
});

// More on demand: REHEARSALS=500.
const numRuns = Number(process.env.REHEARSALS ?? 20);
const lives = fc.sample(fc.record({ triggers, happenings }), { seed: 42, numRuns });

test.each(lives.map((life, index) => [index + 1, life] as const))(
  'rehearsing the live version gives what the live engine did: life %i',
  async (_index, life) => {
    await here().saveBoard({ triggers: life.triggers.map((one, index) => ({ id: `t${index}`, ...one })) });
    for (const [what, who, n] of life.happenings) {
      clock.advance(1000);
      await doing[what]?.(scene.items[who] ?? 0, n);
    }
    await drain();

    const live = await decided(here());
    const { rehearsed, result } = await rehearseAll(here());
    expect(rehearsed).toEqual(live);
    expect([result.differing, result.moves]).toEqual([0, result.recordedMoves]);
    expect(result.signals).toBe(live.length);
  },
);
