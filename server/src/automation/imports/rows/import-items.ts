import { type FieldValue, isMoney } from '@signalbox/automation/kit/values/values.ts';
import type { CellProblem } from '@signalbox/contract/imports.ts';
import { isGrave } from '../../../crm/csv/read-row.ts';
import { findByKeys, putKeys } from '../../../crm/csv/record-keys.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { fillable } from '../job/import-plan.ts';
import type { Outcome, SourceRow } from '../job/imports.store.ts';
import { createItems, type ImportedItem } from './create-items.store.ts';
import { columnOf, fieldsOf, outcome, type RowInput, textOf, type World } from './import-world.ts';
import { listByTitle, type Titled } from './known-records.store.ts';
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
  const given = (await readRows(tx, world, rows)).map((one) => checked(world, one));
  const refused = given.filter((one) => isRefused(world, one));
  const wanted = given.filter((one) => !isRefused(world, one));
  const clients = await tieClientsOfRows(tx, world, wanted);
  const candidates = wanted.map((one, index) => toCandidate(world, one, clients[index]));
  return [...refused.map((one) => outcome(one, { state: 'refused' })), ...(await write(tx, world, candidates))];
}

function checked(world: World, given: RowInput): RowInput {
  const more = [...stageProblem(world, given), ...currencyProblem(world, given), ...titleProblem(given)];
  return { ...given, problems: [...given.problems, ...more] };
}

/** What a row that can be read still lacks; shared with the preview. */
export function itemProblems(world: World, given: RowInput): readonly CellProblem[] {
  return checked(world, given).problems;
}

function isRefused({ plan }: World, { problems }: RowInput): boolean {
  if (problems.some(({ code }) => code === 'no-title')) return true;
  return plan.badCells === 'refuse' && problems.some(isGrave);
}

function stageProblem(world: World, given: RowInput): CellProblem[] {
  const text = textOf(given, 'stage');
  if (text === null || stageCode(world, text) !== undefined) return [];
  return [{ column: columnOf(world, 'stage'), code: 'unknown-stage', text }];
}

// A text of the file may be named like what every object has.
function stageCode({ plan: { stages } }: World, text: string): string | undefined {
  return Object.hasOwn(stages, text) ? stages[text] : undefined;
}

function currencyProblem(world: World, given: RowInput): CellProblem[] {
  const text = textOf(given, 'currency');
  if (text === null || /^[A-Z]{3}$/i.test(text)) return [];
  return [{ column: columnOf(world, 'currency'), code: 'bad-currency', text }];
}

function titleProblem(given: RowInput): CellProblem[] {
  const title = titleOf(given);
  if (title === null) return [{ column: 0, code: 'no-title', text: '' }];
  return title.length > 500 ? [{ column: 0, code: 'too-long', text: title.slice(0, 80) }] : [];
}

function titleOf(given: RowInput): string | null {
  const names = ['title', 'contact.name', 'company.name', 'key'].map((to) => textOf(given, to));
  return names.find((name) => name !== null) ?? null;
}

function toCandidate(world: World, given: RowInput, clients: TiedClients | undefined): Candidate {
  const { plan, reference, job } = world;
  const { contactId = null, companyId = null, notes = [] } = clients ?? {};
  const title = (titleOf(given) ?? '').slice(0, 500);
  const key = textOf(given, 'key');
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
  return { given, item, key, notes, mark: markOf(item, key) };
}

function moneyOf({ reference }: World, given: RowInput): { amount: string | null; currency: string } {
  const { amount } = given.values;
  const text = textOf(given, 'currency') ?? '';
  const written = /^[A-Z]{3}$/i.test(text) ? text.toUpperCase() : undefined;
  if (!isMoney(amount)) return { amount: null, currency: written ?? reference.workspace.currency };
  return { amount: amount.amount, currency: written ?? amount.currency };
}

function idOf(value: FieldValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function markOf({ title, contactId, companyId }: ImportedItem, key: string | null): string | null {
  if (key !== null) return `key ${key}`;
  return contactId === null && companyId === null ? null : titleMark({ title, contactId, companyId });
}

function titleMark({ title, contactId, companyId }: Titled): string {
  return `title ${contactId ?? ''} ${companyId ?? ''} ${title.toLowerCase()}`;
}

async function write(tx: Tx, world: World, candidates: readonly Candidate[]): Promise<Outcome[]> {
  const known = await findKnown(tx, world, candidates);
  const seen = new Set(known.keys());
  const isNew = ({ mark }: Candidate) => {
    if (mark === null || world.plan.duplicates === 'make') return true;
    const first = !seen.has(mark);
    seen.add(mark);
    return first;
  };
  const fresh = candidates.filter(isNew);
  const { acting, reference, plan } = world;
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
  const outcomes: Outcome[] = [];
  for (const one of candidates)
    outcomes.push(await end(tx, world, { one, madeId: made.get(one), knownId: known.get(one.mark ?? '') }));
  return outcomes;
}

interface Ending {
  readonly one: Candidate;
  readonly madeId: number | undefined;
  readonly knownId: number | undefined;
}

async function end(tx: Tx, world: World, { one, madeId, knownId }: Ending): Promise<Outcome> {
  const { given, notes } = one;
  if (madeId !== undefined) return outcome(given, { state: 'created', recordId: madeId, notes });
  if (knownId === undefined) throw new Error('neither new nor known');
  const duplicate = { column: columnOf(world, 'key'), code: 'duplicate', text: `#${knownId}` };
  if (world.plan.duplicates === 'skip')
    return outcome(given, { state: 'skipped', recordId: knownId, notes: [...notes, duplicate] });
  const refusal = await updateItemOfRow(tx, world, { id: knownId, item: one.item, given });
  if (refusal === null) return outcome(given, { state: 'updated', recordId: knownId, notes });
  return outcome(given, { state: 'refused', recordId: knownId, notes: [...notes, { ...duplicate, code: refusal }] });
}

async function findKnown(tx: Tx, { job, plan }: World, candidates: readonly Candidate[]): Promise<Map<string, number>> {
  if (plan.duplicates === 'make') return new Map();
  const keys = candidates.flatMap(({ key }) => (key === null ? [] : [key]));
  const byKey = await findByKeys(tx, job.target, keys);
  const titled = candidates.filter(({ key, mark }) => key === null && mark !== null).map(({ item }) => item);
  const byTitle = await listByTitle(tx, { type: job.target, titled });
  return new Map([
    ...[...byKey].map(([key, id]) => [`key ${key}`, id] as const),
    ...byTitle.map((row) => [titleMark(row), row.id] as const),
  ]);
}
