import type { ImportChange } from '@signalbox/contract/imports.ts';
import { listClients } from '../../../crm/client-book/clients.store.ts';
import { loadItemRows } from '../../../crm/items/items.store.ts';
import { eachInTurn } from '../../../platform/apart/breathe.ts';
import type { Tx } from '../../../platform/db.ts';
import type { RowState, SourceRow } from '../job/imports.store.ts';
import { clientChangeInWords, itemChangeInWords } from './change-in-words.ts';
import type { ClientKind } from './create-clients.store.ts';
import { loadCurrentClients, loadCurrentItems } from './current-records.ts';
import { isRefused } from './import-clients.ts';
import { findKnown, toCandidate } from './import-items.ts';
import type { RowInput, World } from './import-world.ts';
import { firstKnown, matchClients } from './match-clients.ts';
import { isItemRefused, matchItems } from './match-items.ts';
import { readRows } from './read-rows.ts';
import { tieClientsOfRows } from './tie-clients-of-rows.ts';

/** What the first rows would do, decided as the import itself decides; nothing is written. */
export interface Foreseen {
  /** By the row's position. */
  readonly outcomes: ReadonlyMap<number, RowState>;
  readonly changes: readonly ImportChange[];
}

const ROWS_AT_ONCE = 250;
export const MOST_FORESEEN = 1_000;
const MOST_CHANGES = 10;

/** The outcomes of the first rows, and the first ten changes among the first thousand. */
export async function foresee(tx: Tx, world: World, rows: readonly SourceRow[]): Promise<Foreseen> {
  const { duplicates } = world.plan;
  const outcomes = new Map<number, RowState>();
  const changes: ImportChange[] = [];
  const seen = new Set<string>();
  for (let from = 0; from < Math.min(rows.length, MOST_FORESEEN); from += ROWS_AT_ONCE) {
    if (from > 0 && (duplicates !== 'update' || changes.length === MOST_CHANGES)) break;
    for (const one of await decide(tx, world, rows.slice(from, from + ROWS_AT_ONCE))) {
      const outcome = outcomeOf(one, { duplicates, seen });
      outcomes.set(one.given.row.position, outcome);
      if (outcome !== 'refused') for (const mark of one.marks) seen.add(mark);
      const change = outcome === 'updated' && changes.length < MOST_CHANGES ? one.change?.() : undefined;
      if (change !== undefined && change.fields.length > 0) changes.push(change);
    }
  }
  return { outcomes, changes };
}

interface Decided {
  readonly given: RowInput;
  readonly isRefused: boolean;
  readonly marks: readonly string[];
  readonly isKnown: boolean;
  /** Of a record that is here. */
  change?(): ImportChange;
}

interface Before {
  readonly duplicates: World['plan']['duplicates'];
  /** The marks of the rows above. */
  readonly seen: ReadonlySet<string>;
}

function outcomeOf(one: Decided, { duplicates, seen }: Before): RowState {
  if (one.isRefused) return 'refused';
  const isNew = duplicates === 'make' || !(one.isKnown || one.marks.some((mark) => seen.has(mark)));
  if (isNew) return 'created';
  return duplicates === 'skip' ? 'skipped' : 'updated';
}

function decide(tx: Tx, world: World, rows: readonly SourceRow[]): Promise<Decided[]> {
  const { target } = world.job;
  const isClient = target === 'contact' || target === 'company';
  return isClient ? decideClients(tx, world, target, rows) : decideItems(tx, world, rows);
}

async function decideClients(tx: Tx, world: World, kind: ClientKind, rows: readonly SourceRow[]): Promise<Decided[]> {
  const { candidates, known } = await matchClients(tx, world, kind, await readRows(tx, world, rows));
  const ties = await tieClientsOfRows(tx, world, kind === 'contact' ? candidates : [], { isDry: true });
  const ids = [...new Set(candidates.flatMap(({ marks }) => firstKnown(marks, known) ?? []))];
  const clients = new Map((await listClients(tx, kind, { ids, limit: ids.length })).map((row) => [row.id, row]));
  const currents = await loadCurrentClients(tx, world, { kind, ids });
  return candidates.map((one, index) => {
    const { given, marks } = one;
    const before = clients.get(firstKnown(marks, known) ?? 0);
    const tied = ties[index] ?? { contactId: null, companyId: null, notes: [], said: {} };
    const decided = { given, marks, isRefused: isRefused(world, one), isKnown: before !== undefined };
    if (before === undefined) return decided;
    const { id, name } = before;
    const changing = { before, given, tied, current: currents.get(id) };
    return {
      ...decided,
      change: () => ({ line: given.row.line, id, name, fields: clientChangeInWords(world, changing) }),
    };
  });
}

async function decideItems(tx: Tx, world: World, rows: readonly SourceRow[]): Promise<Decided[]> {
  const wanted = await matchItems(tx, world, await readRows(tx, world, rows));
  const ties = await tieClientsOfRows(tx, world, wanted, { isDry: true });
  const candidates = await eachInTurn(wanted, (one, index) => toCandidate(world, one, ties[index]));
  const known = await findKnown(tx, world, { wanted, candidates });
  const ids = [...new Set(candidates.flatMap(({ mark }) => known.get(mark ?? '') ?? []))];
  const items = new Map((await loadItemRows(tx, ids, { lock: false })).map((row) => [row.id, row]));
  const currents = await loadCurrentItems(tx, world, ids);
  return wanted.map((one, index) => {
    const { given } = one;
    const mark = candidates[index]?.mark ?? null;
    const before = items.get(known.get(mark ?? '') ?? 0);
    const tied = ties[index] ?? { contactId: null, companyId: null, notes: [], said: {} };
    const marks = mark === null ? [] : [mark];
    const decided = { given, marks, isRefused: isItemRefused(world, one), isKnown: before !== undefined };
    if (before === undefined) return decided;
    const { id, title: name } = before;
    const changing = { before, given, tied, current: currents.get(id) };
    return {
      ...decided,
      change: () => ({ line: given.row.line, id, name, fields: itemChangeInWords(world, changing) }),
    };
  });
}
