import { readAddresses } from '../../../crm/client-book/addresses.ts';
import { findClients } from '../../../crm/client-book/find-clients.store.ts';
import { isGrave } from '../../../crm/csv/read-row.ts';
import { findByKeys, putKeys } from '../../../crm/csv/record-keys.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { fillable } from '../job/import-plan.ts';
import type { Outcome, SourceRow } from '../job/imports.store.ts';
import { type ClientKind, createClients, type ImportedClient } from './create-clients.store.ts';
import { columnOf, fieldsOf, outcome, type RowInput, textOf, textsOf, type World } from './import-world.ts';
import { findByNames } from './known-records.store.ts';
import { readRows } from './read-rows.ts';
import { type TiedClients, tieClientsOfRows } from './tie-clients-of-rows.ts';
import { updateClientOfRow } from './update-records.ts';

interface Candidate {
  readonly given: RowInput;
  readonly client: ImportedClient;
  readonly key: string | null;
  /** What makes two rows the same client. */
  readonly marks: readonly string[];
}

/** Rows as contacts or companies; each is in or reported. */
export async function importClients(
  tx: Tx,
  world: World,
  kind: ClientKind,
  rows: readonly SourceRow[],
): Promise<Outcome[]> {
  const given = (await readRows(tx, world, rows)).map(withNameProblem);
  const isRefused = ({ problems }: RowInput) =>
    problems.some(({ code }) => code === 'no-title') || (world.plan.badCells === 'refuse' && problems.some(isGrave));
  const wanted = given.filter((one) => !isRefused(one));
  const companies = kind === 'contact' ? await tieClientsOfRows(tx, world, wanted) : [];
  const candidates = wanted.map((one, index) => toCandidate(world, one, companies[index]));
  return [
    ...given.filter(isRefused).map((one) => outcome(one, { state: 'refused' })),
    ...(await write(tx, world, { kind, candidates })),
  ];
}

/** What a row that can be read still lacks; shared with the preview. */
export function withNameProblem(given: RowInput): RowInput {
  if (nameOf(given) !== null) return given;
  return { ...given, problems: [...given.problems, { column: 0, code: 'no-title', text: '' }] };
}

function nameOf(given: RowInput): string | null {
  const full = [textOf(given, 'firstName'), textOf(given, 'lastName')].filter((part) => part !== null).join(' ');
  const names = [
    textOf(given, 'name'),
    full,
    ...textsOf(given, 'email'),
    ...textsOf(given, 'phone'),
    textOf(given, 'key'),
  ];
  return names.find((name) => name !== null && name !== '')?.slice(0, 500) ?? null;
}

// The surest only. Companies have a name of their own; people share theirs.
function marksOf(
  kind: string,
  { key, name, addresses }: Pick<ImportedClient, 'name' | 'addresses'> & { key: string | null },
) {
  if (key !== null) return [`key ${key}`];
  if (addresses.length > 0) return addresses.map(({ normal }) => `address ${normal}`);
  return kind === 'company' ? [`name ${name.toLowerCase()}`] : [];
}

function toCandidate(world: World, given: RowInput, tied: TiedClients | undefined): Candidate {
  const { plan, reference, job, country } = world;
  const { emails, phones } = readAddresses(
    { emails: textsOf(given, 'email'), phones: textsOf(given, 'phone') },
    country,
  );
  const addresses = [...emails, ...phones];
  const { responsible } = given.values;
  const key = textOf(given, 'key');
  const client = {
    ...{
      name: nameOf(given) ?? '',
      firstName: textOf(given, 'firstName'),
      lastName: textOf(given, 'lastName'),
      addresses,
    },
    companyId: tied?.companyId ?? null,
    responsibleId: typeof responsible === 'number' ? responsible : plan.responsibleId,
    fields: fieldsOf(given, new Set(fillable(job.target, reference).map(({ code }) => code))),
    createdAt: textOf(given, 'createdAt'),
  };
  return { given, client, key, marks: marksOf(job.target, { ...client, key }) };
}

interface Writing {
  readonly kind: ClientKind;
  readonly candidates: readonly Candidate[];
}

async function write(tx: Tx, world: World, { kind, candidates }: Writing): Promise<Outcome[]> {
  const known = await findKnown(tx, world, { kind, candidates });
  const seen = new Set(known.keys());
  const isNew = ({ marks }: Candidate) => {
    const first = world.plan.duplicates === 'make' || !marks.some((mark) => seen.has(mark));
    for (const mark of marks) seen.add(mark);
    return first;
  };
  const fresh = candidates.filter(isNew);
  const ids = await createClients(tx, kind, { clients: fresh.map(({ client }) => client), now: world.acting.now });
  const made = new Map(fresh.map((one, index) => [one, ids[index]]));
  const keys = new Map<string, number>();
  for (const [one, id] of made) {
    if (id === undefined) throw new Error('fewer ids than clients');
    for (const mark of one.marks) if (!known.has(mark)) known.set(mark, id);
    if (one.key !== null && !keys.has(one.key)) keys.set(one.key, id);
  }
  await putKeys(tx, kind, keys);
  const outcomes: Outcome[] = [];
  for (const one of candidates) outcomes.push(await end(tx, world, { kind, one, made: made.get(one), known }));
  return outcomes;
}

interface Ending {
  readonly kind: ClientKind;
  readonly one: Candidate;
  readonly made: number | undefined;
  readonly known: ReadonlyMap<string, number>;
}

async function end(tx: Tx, world: World, { kind, one, made, known }: Ending): Promise<Outcome> {
  const { given, client, marks } = one;
  if (made !== undefined) return outcome(given, { state: 'created', recordId: made });
  const id = marks.map((mark) => known.get(mark)).find((found) => found !== undefined);
  if (id === undefined) throw new Error('neither new nor known');
  const duplicate = { column: columnOf(world, 'key'), code: 'duplicate', text: `#${id}` };
  if (world.plan.duplicates === 'skip') return outcome(given, { state: 'skipped', recordId: id, notes: [duplicate] });
  const refusal = await updateClientOfRow(tx, world, { kind, id, client });
  if (refusal === null) return outcome(given, { state: 'updated', recordId: id });
  return outcome(given, { state: 'refused', recordId: id, notes: [{ ...duplicate, code: refusal }] });
}

async function findKnown(tx: Tx, { plan }: World, { kind, candidates }: Writing): Promise<Map<string, number>> {
  if (plan.duplicates === 'make') return new Map();
  const known = new Map<string, number>();
  const byKey = await findByKeys(
    tx,
    kind,
    candidates.flatMap(({ key }) => (key === null ? [] : [key])),
  );
  for (const [key, id] of byKey) known.set(`key ${key}`, id);
  const unkeyed = candidates.filter(({ key }) => key === null);
  const byAddress = await findClients(
    tx,
    unkeyed.flatMap(({ client }) => client.addresses.map(({ normal }) => normal)),
  );
  for (const [normal, found] of byAddress) {
    const first = found.find((one) => one.kind === kind);
    if (first !== undefined) known.set(`address ${normal}`, first.id);
  }
  const named = candidates.filter(({ marks }) => marks[0]?.startsWith('name '));
  const names = named.map(({ client }) => client.name);
  for (const [name, id] of await findByNames(tx, kind, names)) known.set(`name ${name}`, id);
  return known;
}
