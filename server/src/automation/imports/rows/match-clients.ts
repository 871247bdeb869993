import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import { readAddresses } from '../../../crm/client-book/addresses.ts';
import { findClients } from '../../../crm/client-book/find-clients.store.ts';
import { findByKeys } from '../../../crm/csv/record-keys.store.ts';
import { eachInTurn } from '../../../platform/apart/breathe.ts';
import type { Tx } from '../../../platform/db.ts';
import type { ClientKind } from './create-clients.store.ts';
import { type CurrentRecord, loadCurrentClients } from './current-records.ts';
import { withoutEchoes } from './echoes.ts';
import { type RowInput, textOf, textsOf, type World } from './import-world.ts';
import { findByNames, findSameIds } from './known-records.store.ts';
import { withOwnerInField } from './owner-kept.ts';

export interface ClientCandidate {
  readonly given: RowInput;
  readonly key: string | null;
  /** What makes two rows the same client. */
  readonly marks: readonly string[];
  /** What the client that is here is like, of rows that update. */
  readonly current: CurrentRecord | undefined;
}

export interface MatchedClients {
  readonly candidates: readonly ClientCandidate[];
  /** The clients that are here, by the marks of rows. */
  readonly known: ReadonlyMap<string, number>;
}

type Marked = Omit<ClientCandidate, 'current'>;

/** The rows with the clients that are here already. */
export async function matchClients(
  tx: Tx,
  world: World,
  kind: ClientKind,
  rows: readonly RowInput[],
): Promise<MatchedClients> {
  const byRow = await findSameIds(tx, kind, rows.map(recordSaid));
  const marked = await eachInTurn(rows, (given, index) => ({
    ...{ given, key: textOf(given, 'key') },
    marks: [...(byRow[index] === undefined ? [] : [`id ${byRow[index]}`]), ...marksOf(world, kind, given)],
  }));
  const known = await findKnown(tx, world, { kind, marked });
  const idOf = ({ marks }: Marked) => firstKnown(marks, known);
  const currents =
    world.plan.duplicates === 'update'
      ? await loadCurrentClients(tx, world, { kind, ids: [...new Set(marked.flatMap((one) => idOf(one) ?? []))] })
      : new Map<number, CurrentRecord>();
  const candidates = await eachInTurn(marked, (one) => {
    const current = currents.get(idOf(one) ?? 0);
    const said = current === undefined ? one.given : withoutEchoes(world, one.given, current);
    const given = withOwnerInField(world, said);
    return { ...one, current, given: idOf(one) === undefined ? withNameProblem(given) : given };
  });
  return { candidates, known };
}

export function firstKnown(marks: readonly string[], known: ReadonlyMap<string, number>): number | undefined {
  return marks.map((mark) => known.get(mark)).find((id) => id !== undefined);
}

/** Which record here the row says it is: our own exports have its id and the time when it was made. */
export function recordSaid(given: RowInput): { id: number | null; createdAt: string | null } {
  const text = textOf(given, 'id')?.trim() ?? '';
  return { id: /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null, createdAt: textOf(given, 'createdAt') };
}

/** What a row of a new client lacks; shared with the preview. */
export function withNameProblem(given: RowInput): RowInput {
  if (nameOf(given) !== null) return given;
  return { ...given, problems: [...given.problems, { column: 0, code: 'no-title', text: '' }] };
}

/** What a new client is called. */
export function nameOf(given: RowInput): string | null {
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
function marksOf({ country }: World, kind: ClientKind, given: RowInput): string[] {
  const key = textOf(given, 'key');
  if (key !== null) return [`key ${key}`];
  const read = readAddresses({ emails: textsOf(given, 'email'), phones: textsOf(given, 'phone') }, country);
  const addresses = [...read.emails, ...read.phones];
  if (addresses.length > 0) return addresses.map(({ normal }) => `address ${normal}`);
  return kind === 'company' ? [`name ${foldedText(nameOf(given) ?? '')}`] : [];
}

async function findKnown(
  tx: Tx,
  { plan }: World,
  { kind, marked }: { kind: ClientKind; marked: readonly Marked[] },
): Promise<Map<string, number>> {
  if (plan.duplicates === 'make') return new Map();
  const said = (what: string) => [
    ...new Set(
      marked.flatMap(({ marks }) =>
        marks.filter((mark) => mark.startsWith(`${what} `)).map((mark) => mark.slice(what.length + 1)),
      ),
    ),
  ];
  const known = new Map(said('id').map((id) => [`id ${id}`, Number(id)]));
  for (const [key, id] of await findByKeys(tx, kind, said('key'))) known.set(`key ${key}`, id);
  for (const [normal, found] of await findClients(tx, said('address'))) {
    const first = found.find((one) => one.kind === kind);
    if (first !== undefined) known.set(`address ${normal}`, first.id);
  }
  for (const [name, id] of await findByNames(tx, kind, said('name'))) known.set(`name ${name}`, id);
  return known;
}
