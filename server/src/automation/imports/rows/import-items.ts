import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import { type FieldValue, isMoney } from '@signalbox/automation/kit/values/values.ts';
import type { CellProblem } from '@signalbox/contract/imports.ts';
import { putKeys } from '../../../crm/csv/record-keys.store.ts';
import { eachInTurn } from '../../../platform/apart/breathe.ts';
import type { Tx } from '../../../platform/db.ts';
import { roomFor } from '../../../platform/quotas/check-quota.ts';
import { fillable } from '../job/import-plan.ts';
import type { Outcome, SourceRow } from '../job/imports.store.ts';
import { createItems, type ImportedItem } from './create-items.store.ts';
import { columnOf, currencyOf, fieldsOf, outcome, type RowInput, textOf, type World } from './import-world.ts';
import { listByTitle, type Titled } from './known-records.store.ts';
import { type ItemCandidate, isItemRefused, matchItems, stageCode, titleOf } from './match-items.ts';
import { noteUnknownPeople } from './owner-kept.ts';
import { readRows } from './read-rows.ts';
import { type TiedClients, tieClientsOfRows } from './tie-clients-of-rows.ts';
import { updateItemOfRow } from './update-records.ts';

interface Candidate {
  readonly given: RowInput;
  readonly item: ImportedItem;
  readonly key: string | null;
  /** What makes two rows the same item; null: nothing does. */
  readonly mark: string | null;
  readonly notes: readonly CellProblem[];
}

/** Rows as leads, deals, quotes or invoices; each is in or reported. */
export async function importItems(tx: Tx, world: World, rows: readonly SourceRow[]): Promise<Outcome[]> {
  const matched = await matchItems(tx, world, await readRows(tx, world, rows));
  const refused = matched.filter((one) => isItemRefused(world, one));
  const wanted = matched.filter((one) => !isItemRefused(world, one));
  const tied = await tieClientsOfRows(tx, world, wanted);
  const candidates = await eachInTurn(wanted, (one, index) => toCandidate(world, one, tied[index]));
  const known = await findKnown(tx, world, { wanted, candidates });
  return [
    ...refused.map(({ given }) => outcome(given, { state: 'refused' })),
    ...(await write(tx, world, { candidates, known })),
  ];
}

/** A row as an item, with whom it is with; shared with the preview. */
export function toCandidate(
  world: World,
  { given, key, mark }: ItemCandidate,
  clients: TiedClients | undefined,
): Candidate {
  const { plan, reference, job } = world;
  const { contactId = null, companyId = null, notes = [] } = clients ?? {};
  const title = (titleOf(given) ?? '').slice(0, 500);
  const pipelineId = plan.pipelineId ?? 0;
  const stages = reference.pipelines.get(pipelineId)?.stages ?? [];
  const code = stageCode(world, textOf(given, 'stage') ?? '');
  const stage = stages.find((one) => one.code === code) ?? stages[0];
  if (stage === undefined) throw new Error('the pipeline has no stages');
  const codes = new Set(fillable(job.target, reference).map((spec) => spec.code));
  const item = {
    ...{ type: job.target, pipelineId, stageId: stage.id, title, contactId, companyId },
    ...moneyOf(world, given),
    responsibleId: idOf(given.values.responsible) ?? plan.responsibleId,
    fields: fieldsOf(given, codes),
    createdAt: textOf(given, 'createdAt'),
  };
  return { given, item, key, notes, mark: mark ?? titleMarkOf(item) };
}

function moneyOf({ reference }: World, given: RowInput): { amount: string | null; currency: string } {
  const { amount } = given.values;
  const written = currencyOf(given);
  if (!isMoney(amount)) return { amount: null, currency: written ?? reference.workspace.currency };
  return { amount: amount.amount, currency: written ?? amount.currency };
}

function idOf(value: FieldValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function titleMarkOf({ title, contactId, companyId }: ImportedItem): string | null {
  return contactId === null && companyId === null ? null : titleMark({ title, contactId, companyId });
}

function titleMark({ title, contactId, companyId }: Titled): string {
  return `title ${contactId ?? ''} ${companyId ?? ''} ${foldedText(title)}`;
}

interface Writing {
  readonly candidates: readonly Candidate[];
  /** Those that are made are added. */
  readonly known: Map<string, number>;
}

async function write(tx: Tx, world: World, { candidates, known }: Writing): Promise<Outcome[]> {
  const seen = new Set(known.keys());
  const isNew = ({ mark }: Candidate) => {
    if (mark === null || world.plan.duplicates === 'make') return true;
    const first = !seen.has(mark);
    seen.add(mark);
    return first;
  };
  const { acting, reference, plan } = world;
  const wanted = candidates.filter(isNew);
  const fresh = wanted.slice(0, await roomFor(tx, { name: 'items', amount: wanted.length, now: acting.now }));
  const ids = await createItems(
    tx,
    acting,
    fresh.map(({ item }) => item),
    { reference, runRules: plan.runRules },
  );
  const keys = new Map<string, number>();
  const made = new Map<Candidate, number>();
  for (const [index, one] of fresh.entries()) {
    const id = ids[index];
    if (id === undefined) throw new Error('fewer ids than items');
    made.set(one, id);
    if (one.mark !== null && !known.has(one.mark)) known.set(one.mark, id);
    if (one.key !== null && !keys.has(one.key)) keys.set(one.key, id);
  }
  await putKeys(tx, world.job.target, keys);
  const settled = await eachInTurn(candidates, async (one) => {
    const ending = { one, madeId: made.get(one), knownId: known.get(one.mark ?? '') };
    return { given: one.given, outcome: await end(tx, world, ending) };
  });
  await noteUnknownPeople(tx, world, settled);
  return settled.map((one) => one.outcome);
}

const noRoom: CellProblem = { column: 0, code: 'quota', text: '' };

interface Ending {
  readonly one: Candidate;
  readonly madeId: number | undefined;
  readonly knownId: number | undefined;
}

async function end(tx: Tx, world: World, { one, madeId, knownId }: Ending): Promise<Outcome> {
  const { given, notes } = one;
  if (madeId !== undefined) return outcome(given, { state: 'created', recordId: madeId, notes });
  // There is no room for it, nor for the row that it doubles.
  if (knownId === undefined) return outcome(given, { state: 'refused', notes: [...notes, noRoom] });
  const duplicate = { column: columnOf(world, 'key'), code: 'duplicate', text: `#${knownId}` };
  if (world.plan.duplicates === 'skip')
    return outcome(given, { state: 'skipped', recordId: knownId, notes: [...notes, duplicate] });
  const refusal = await updateItemOfRow(tx, world, { id: knownId, item: one.item, given });
  if (refusal === null) return outcome(given, { state: 'updated', recordId: knownId, notes });
  return outcome(given, { state: 'refused', recordId: knownId, notes: [...notes, { ...duplicate, code: refusal }] });
}

interface Finding {
  readonly wanted: readonly ItemCandidate[];
  readonly candidates: readonly Candidate[];
}

/** The items that are here, by the marks of rows; shared with the preview. */
export async function findKnown(
  tx: Tx,
  { job, plan }: World,
  { wanted, candidates }: Finding,
): Promise<Map<string, number>> {
  if (plan.duplicates === 'make') return new Map();
  const titled = candidates.filter(({ mark }) => mark?.startsWith('title ')).map(({ item }) => item);
  const byTitle = await listByTitle(tx, { type: job.target, titled });
  return new Map([
    ...byTitle.map((row) => [titleMark(row), row.id] as const),
    ...wanted.flatMap(({ mark, knownId }) =>
      mark === null || knownId === undefined ? [] : [[mark, knownId] as const],
    ),
  ]);
}
