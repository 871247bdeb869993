import type { Directory, ItemFacts, SignalFacts, WorkspaceFacts } from '../facts.ts';
import { normalEmail } from '../values/email-addresses.ts';
import { type PersonRef, readPersonRef } from '../values/people.ts';
import { isRecord } from '../values/values.ts';
import { isAnyOf } from './condition-changed.ts';
import { pathReader } from './paths.ts';

/** One changed field of an `item.changed` signal. */
export interface Change {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

interface Seen {
  readonly item: ItemFacts;
  readonly workspace: WorkspaceFacts;
}

interface Asked extends Seen {
  /** When it happened. */
  readonly signal: Pick<SignalFacts, 'occurredAt'>;
}

/** The changes of the wanted fields; `client` stands for contact and company. */
export function changesOf(changes: readonly Change[], fields: readonly string[]): readonly Change[] {
  const wanted = new Set(fields.flatMap((field) => (field === 'client' ? ['client', 'contact', 'company'] : [field])));
  return changes.filter(({ field }) => wanted.has(field));
}

/** Whether one side of a change is one of the wanted values; none wanted: any; null wants empty. */
export function matchesValue(
  asked: { readonly change: Change; readonly side: 'from' | 'to'; readonly wanted: readonly unknown[] },
  { signal, ...seen }: Asked,
): boolean {
  const { change, side, wanted } = asked;
  const at = signal.occurredAt;
  if (wanted.length === 0) return true;
  const found = pathReader(change.field)(seen);
  const by = { kind: found.kind, matchCase: false, workspace: seen.workspace, currency: seen.workspace.currency, at };
  return isAnyOf(change[side], wanted, { found, by, facts: { ...seen, at } }).holds === true;
}

/** Whether an employee, by id or as `{ id, email }`, is one of those meant; none meant: anyone. */
export function isOneOf(given: unknown, refs: readonly PersonRef[], seen: Seen): boolean {
  if (refs.length === 0) return true;
  const id = isRecord(given) ? given.id : given;
  const email = isRecord(given) ? given.email : given;
  return refs.some((ref) => {
    if (typeof email === 'string' && normalEmail(email) === normalEmail(ref)) return true;
    return typeof id === 'number' && idsOf(ref, seen).includes(id);
  });
}

function idsOf(ref: PersonRef, { item, workspace }: Seen): readonly number[] {
  const { is, name } = readPersonRef(ref);
  const known = [item.responsible, item.creator].filter(
    (person) => person !== null && normalEmail(person.email) === normalEmail(ref),
  );
  const ids = byWord[is]?.(item) ?? byName[is]?.(workspace.directory, name ?? '') ?? [];
  return [...ids, ...known.flatMap((person) => (person === null ? [] : [person.id]))];
}

const byWord: Readonly<Record<string, (item: ItemFacts) => readonly number[]>> = {
  responsible: ({ responsible }) => (responsible === null ? [] : [responsible.id]),
  creator: ({ creator }) => (creator === null ? [] : [creator.id]),
  supervisor: ({ responsible }) => (typeof responsible?.supervisorId === 'number' ? [responsible.supervisorId] : []),
};

const byName: Readonly<Record<string, (directory: Directory | undefined, name: string) => readonly number[]>> = {
  email: (directory, name) => one(directory?.byEmail[name]),
  role: (directory, name) => directory?.roles[name] ?? [],
  department: (directory, name) => directory?.departments[name] ?? [],
  head: (directory, name) => one(directory?.heads[name]),
};

function one(id: number | undefined): readonly number[] {
  return id === undefined ? [] : [id];
}
