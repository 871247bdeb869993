import { readAddresses } from '../../../crm/client-book/addresses.ts';
import { isGrave } from '../../../crm/csv/read-row.ts';
import { putKeys } from '../../../crm/csv/record-keys.store.ts';
import { eachInTurn } from '../../../platform/apart/breathe.ts';
import type { Tx } from '../../../platform/db.ts';
import { fillable } from '../job/import-plan.ts';
import type { Outcome, SourceRow } from '../job/imports.store.ts';
import { type ClientKind, createClients, type ImportedClient } from './create-clients.store.ts';
import { columnOf, fieldsOf, outcome, textOf, textsOf, type World } from './import-world.ts';
import { type ClientCandidate, firstKnown, matchClients, nameOf } from './match-clients.ts';
import { readRows } from './read-rows.ts';
import { type TiedClients, tieClientsOfRows } from './tie-clients-of-rows.ts';
import { updateClientOfRow } from './update-records.ts';

interface Candidate extends ClientCandidate {
  readonly tied: TiedClients;
}

/** Rows as contacts or companies; each is in or reported. */
export async function importClients(
  tx: Tx,
  world: World,
  kind: ClientKind,
  rows: readonly SourceRow[],
): Promise<Outcome[]> {
  const { candidates, known } = await matchClients(tx, world, kind, await readRows(tx, world, rows));
  const refused = candidates.filter((one) => isRefused(world, one));
  const wanted = candidates.filter((one) => !isRefused(world, one));
  const tied = await tieClientsOfRows(tx, world, kind === 'contact' ? wanted : []);
  const nobody = { contactId: null, companyId: null, notes: [], said: {} };
  const ready = wanted.map((one, index) => ({ ...one, tied: tied[index] ?? nobody }));
  return [
    ...refused.map(({ given }) => outcome(given, { state: 'refused' })),
    ...(await write(tx, world, { kind, candidates: ready, known: new Map(known) })),
  ];
}

/** Whether a row stays out; shared with the preview. */
export function isRefused({ plan }: World, { given: { problems } }: ClientCandidate): boolean {
  if (problems.some(({ code }) => code === 'no-title')) return true;
  return plan.badCells === 'refuse' && problems.some(isGrave);
}

function toClient({ plan, reference, job, country }: World, { given, tied }: Candidate): ImportedClient {
  const { emails, phones } = readAddresses(
    { emails: textsOf(given, 'email'), phones: textsOf(given, 'phone') },
    country,
  );
  const { responsible } = given.values;
  return {
    name: nameOf(given) ?? '',
    ...{ firstName: textOf(given, 'firstName'), lastName: textOf(given, 'lastName') },
    addresses: [...emails, ...phones],
    companyId: tied.companyId,
    responsibleId: typeof responsible === 'number' ? responsible : plan.responsibleId,
    fields: fieldsOf(given, new Set(fillable(job.target, reference).map(({ code }) => code))),
    createdAt: textOf(given, 'createdAt'),
  };
}

interface Writing {
  readonly kind: ClientKind;
  readonly candidates: readonly Candidate[];
  /** Those that are made are added. */
  readonly known: Map<string, number>;
}

async function write(tx: Tx, world: World, { kind, candidates, known }: Writing): Promise<Outcome[]> {
  const seen = new Set(known.keys());
  const isNew = ({ marks }: Candidate) => {
    const first = world.plan.duplicates === 'make' || !marks.some((mark) => seen.has(mark));
    for (const mark of marks) seen.add(mark);
    return first;
  };
  const fresh = candidates.filter(isNew);
  const clients = await eachInTurn(fresh, (one) => toClient(world, one));
  const ids = await createClients(tx, kind, { clients, now: world.acting.now });
  const made = new Map(fresh.map((one, index) => [one, ids[index]]));
  const keys = new Map<string, number>();
  for (const [one, id] of made) {
    if (id === undefined) throw new Error('fewer ids than clients');
    for (const mark of one.marks) if (!known.has(mark)) known.set(mark, id);
    if (one.key !== null && !keys.has(one.key)) keys.set(one.key, id);
  }
  await putKeys(tx, kind, keys);
  return eachInTurn(candidates, (one) => end(tx, world, { kind, one, made: made.get(one), known }));
}

interface Ending {
  readonly kind: ClientKind;
  readonly one: Candidate;
  readonly made: number | undefined;
  readonly known: ReadonlyMap<string, number>;
}

async function end(tx: Tx, world: World, { kind, one, made, known }: Ending): Promise<Outcome> {
  const { given, marks, tied } = one;
  if (made !== undefined) return outcome(given, { state: 'created', recordId: made });
  const id = firstKnown(marks, known);
  if (id === undefined) throw new Error('neither new nor known');
  const duplicate = { column: columnOf(world, 'key'), code: 'duplicate', text: `#${id}` };
  if (world.plan.duplicates === 'skip') return outcome(given, { state: 'skipped', recordId: id, notes: [duplicate] });
  const refusal = await updateClientOfRow(tx, world, { kind, id, given, tied });
  if (refusal === null) return outcome(given, { state: 'updated', recordId: id });
  return outcome(given, { state: 'refused', recordId: id, notes: [{ ...duplicate, code: refusal }] });
}
