import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { changeClient } from '../../crm/clients/save-client.ts';
import { makePorts } from '../../ports/make-ports.ts';
import { engineBench } from '../drain/testing-drain.ts';
import { editStages } from '../editing/edit-stages.ts';
import { bringFileIn } from '../imports/testing-import.ts';
import { changeItem } from '../moves/change-item.ts';
import { createItem } from '../moves/create-item.ts';
import { deleteItem } from '../moves/delete-item.ts';
import { moveItem } from '../moves/move-item.ts';
import { runVisits } from '../running/run-visits.ts';
import { decided, rehearseAll } from './testing-rehearsal.ts';

const bench = engineBench();
const { here, clock, rows, hook, opened, signal, record, acting } = bench;
/** As if each signal had just come: the database stamps by its own clock, and what is a second late is decided as of when it came. */
async function drain(): Promise<void> {
  await rows(sql`update signals set recorded_at = clock_timestamp() where id in (select signal_id from signal_queue)`);
  await bench.drain();
}

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

/** Rules that change what signals are decided on, send, and move; now and later. */
const deeds = [
  { do: 'items/modify', settings: { changes: [{ field: 'amount', value: { amount: '2500', currency: 'EUR' } }] } },
  { do: 'items/modify', settings: { changes: [{ field: 'title', value: 'x {{ client.name }}' }] } },
  { do: 'items/modify', settings: { changes: [{ field: 'Size', value: 3 }] } },
  { do: 'items/change-responsible', settings: { people: ['field:creator', 'role:employee'], choose: 'inTurn' } },
  ...stages.map((stage) => ({ do: 'items/change-stage', settings: { stage } })),
  { do: 'alerts/comment', settings: { text: '{{ item.amount }}' } },
  { do: 'clients/email', settings: { subject: 'a', text: 'b' } },
];
const rules = fc.array(
  fc
    .record({
      deed: fc.constantFrom(...deeds),
      stage: fc.constantFrom(...stages),
      order: fc.constantFrom('in parallel', 'after previous'),
      time: fc.constantFrom(undefined, undefined, { after: '3 seconds' }, { after: '20 seconds' }),
      onLeave: fc.constantFrom('cancel', 'keep'),
      when: fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, fc.constantFrom(...conditions)),
    })
    .map(({ deed, when, time, ...more }) => ({ ...deed, ...more, ...(when && { when }), ...(time && { time }) })),
  { minLength: 3, maxLength: 8 },
);

/** Whatever waits is asked whether it is due. */
async function runRules() {
  const visits = await rows(
    sql<{ id: number }>`select distinct visit_id as id from runs where state = 'waiting' order by 1`,
  );
  const { workspaceId } = here();
  for (const { id } of visits)
    await runVisits({ context: bench.context(), makePorts }, { workspaceId, visitIds: [id] });
}

/** `since`: the last edit of the stages; what was decided before that, another version decided. */
let scene: { items: number[]; contact: number; invoices: number[]; since: Date };
beforeEach(async () => {
  scene = { items: await here().addItems(2), contact: 0, invoices: [], since: new Date(0) };
  await here().addEmployee({ name: 'Eve' });
  await here().addChannel({ kind: 'mailbox', name: 'sales@sandbox.test', settings: { address: 'sales@sandbox.test' } });
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
  together: (_item, n) =>
    here().inside(async (tx) => {
      for (const itemId of scene.items)
        await changeItem(tx, acting(), { itemId, changes: changes[n % changes.length] ?? {} });
    }),
  bring: (_item, n) => bringIn(n),
  remove: async (_item, n) => {
    const among = n % 3 === 0 ? scene.invoices : scene.items.length > 3 ? scene.items : [];
    const [gone] = among.splice(n % Math.max(among.length, 1), 1);
    if (gone !== undefined) await here().inside((tx) => deleteItem(tx, acting(), gone));
  },
  edit: async (_item, n) => n > 14 && (await edit(n)),
  run: () => runRules(),
  drain: () => drain(),
};

/** The same three rows again and again: added, then changed; quietly or with the rules of their stages. */
async function bringIn(n: number) {
  const lines = [0, 1, 2].map(
    (row) => `k${row},Brought ${n % 3},${1000 * (n % 4)},${stages[(n + row) % 5]},bo@client.test`,
  );
  const bytes = Buffer.from(`Id,Title,Amount,Stage,E-mail\n${lines.join('\n')}\n`);
  const settings = { duplicates: 'update' as const, runRules: n % 2 === 0 };
  await bringFileIn({ context: bench.context(), here: here() }, { bytes, target: 'deal', settings });
  const brought = await rows(
    sql<{ id: number }>`select id from items where type = 'deal' and title like 'Brought%' order by id`,
  );
  scene.items = [...new Set([...scene.items, ...brought.map(({ id }) => id)])];
}

interface NewStage {
  code?: string;
  name: string;
  kind: 'open' | 'won' | 'lost';
}

/** Another name, or one more stage in the middle: a new version. */
async function edit(n: number) {
  const stagesNow: NewStage[] = await rows(
    sql<NewStage>`select code, name, kind from stages where pipeline_id = ${here().pipelineId} order by position`,
  );
  const [one] = stagesNow.slice(n % 3);
  if (one !== undefined && n % 2 === 0) stagesNow[n % 3] = { ...one, name: `Renamed ${n}` };
  else if (stagesNow.length < 7) stagesNow.splice(n % 3, 0, { name: `More ${n}`, kind: 'open' });
  const wish = { pipelineId: here().pipelineId, stages: stagesNow, left: {}, ifVersion: null };
  await here().inside((tx) => editStages(tx, acting(), wish));
  scene.since = clock.now();
}
const often = [
  'hook',
  'hook',
  'hook',
  'hook',
  'change',
  'change',
  'move',
  'run',
  'run',
  'drain',
  'drain',
  ...Object.keys(doing),
];
const happenings = fc.array(fc.tuple(fc.constantFrom(...often), fc.nat(3), fc.nat(20)), {
  minLength: 30,
  maxLength: 60,
});

// More on demand: REHEARSALS=500.
const numRuns = Number(process.env.REHEARSALS ?? 20);
const lives = fc.sample(fc.record({ triggers, rules, happenings }), { seed: 42, numRuns });

test.each(lives.map((life, index) => [index + 1, life] as const))(
  'rehearsing the live version gives what the live engine did: life %i',
  async (_index, life) => {
    await here().saveBoard({
      triggers: life.triggers.map((one, index) => ({ id: `t${index}`, ...one })),
      rules: life.rules.map((one, index) => ({ id: `r${index}`, ...one })),
    });
    for (const [what, who, n] of life.happenings) {
      clock.advance(1000);
      await doing[what]?.(scene.items[who % scene.items.length] ?? 0, n);
    }
    await settle();

    await count();
    const live = await decided(here(), scene.since);
    const { rehearsed, result } = await rehearseAll(here(), scene.since);
    expect(rehearsed).toEqual(live);
    expect([result.differing, result.moves]).toEqual([0, result.recordedMoves]);
    expect(result.signals).toBe(live.length);
  },
);

/** What rules set off is judged, what that moves runs rules; a chain has an end (semantics.md 7). */
async function settle() {
  for (let round = 0; round < 8; round += 1) {
    await drain();
    await runRules();
  }
  await drain();
}

const lively: Record<string, number> = {};
async function count() {
  const [counts = {}] = await rows(sql<Record<string, number>>`
    select (select count(*)::int from decisions where decided_at >= ${scene.since}) as decided,
      (select count(*)::int from visits where run_id is null) as moved, (select count(*)::int from visits where run_id is not null) as "movedByRules",
      (select count(*)::int from signals where cause_run_id is not null) as "signalsOfRules",
      (select count(*)::int from history where field not in ('stage', 'pipeline')) as changed,
      (select count(*)::int from boards where version > 1) as edited, (select count(*)::int from client_history) as renamed,
      (select count(*)::int from runs where state = 'done') as done, (select count(*)::int from import_rows where state = 'updated') as "broughtAgain",
      (select count(*)::int from decisions d where not exists (select from items i where i.id = d.item_id)) as "ofDeleted"`);
  for (const [name, number] of Object.entries(counts)) lively[name] = (lively[name] ?? 0) + number;
}

test('the lives had in them what could go wrong', () => {
  for (const [name, number] of Object.entries(lively)) expect([name, number >= numRuns / 5]).toEqual([name, true]);
});
