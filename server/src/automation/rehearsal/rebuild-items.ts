import type { Recorded } from '@signalbox/automation/engine/rehearsing/rehearse.ts';
import type { ClientFacts, ItemFacts, Values } from '@signalbox/automation/kit/facts.ts';
import { clientKey, loadClientFacts } from '../../crm/client-book/client-facts.store.ts';
import { type ClientBefore, listClientsBefore } from '../../crm/client-book/client-history.store.ts';
import type { Reference } from '../../crm/facts/workspace-facts.ts';
import { toFacts, valuesOf } from '../../crm/items/item-facts.ts';
import { type ItemRow, loadItemRows } from '../../crm/items/items.store.ts';
import type { Tx } from '../../platform/db.ts';
import { listDeleted } from '../moves/deleted-items.store.ts';
import { change, enter, rollBack, rowAt } from './rebuild-row.ts';
import {
  listChanges,
  listChildren,
  listDecisions,
  listEarlier,
  listVisits,
  type RecordedChange,
  type RecordedDecision,
  type RecordedVisit,
  type Span,
} from './recorded.store.ts';

/** Everything that was recorded of some items and of what their facts are made of. */
interface Book {
  readonly reference: Reference;
  readonly span: Span;
  readonly rows: ReadonlyMap<number, ItemRow>;
  readonly changes: ReadonlyMap<number, readonly RecordedChange[]>;
  readonly visits: ReadonlyMap<number, readonly RecordedVisit[]>;
  readonly decisions: ReadonlyMap<number, readonly RecordedDecision[]>;
  readonly children: ReadonlyMap<number, readonly { readonly id: number }[]>;
  readonly earlier: ReadonlyMap<number, readonly { readonly earlier: number }[]>;
  /** The numbers of their deletions. */
  readonly goneAt: ReadonlyMap<number, number>;
  readonly clients: ReadonlyMap<string, ClientFacts>;
  readonly clientsBefore: ReadonlyMap<string, readonly ClientBefore[]>;
}

/** By item, ascending: what was recorded of it within the span, each step with the item as it was then (semantics.md 3.7). */
export async function rebuildItems(
  tx: Tx,
  ids: readonly number[],
  { span, reference }: { readonly span: Span; readonly reference: Reference },
): Promise<Map<number, Iterable<Recorded>>> {
  const book = await loadBook(tx, ids, { span, reference });
  const there = ids.filter((id) => book.rows.has(id) && !book.goneAt.has(id));
  return new Map(there.map((id) => [id, stepsOf(book, id)]));
}

async function loadBook(tx: Tx, ids: readonly number[], { span, reference }: Pick<Book, 'span' | 'reference'>) {
  const children = await listChildren(tx, ids);
  const earlier = await listEarlier(tx, ids);
  const others = [...children.map(({ id }) => id), ...earlier.map((one) => one.earlier)];
  const rebuilt = [...new Set([...ids, ...others])];
  const deleted = await listDeleted(tx, rebuilt);
  const rows = [...(await loadItemRows(tx, rebuilt, { lock: false })), ...deleted.map(({ row }) => row)];
  const changes = await listChanges(tx, rebuilt);
  const tied = [...rows, ...rows.flatMap((row) => changes.flatMap((one) => clientOf(row, one)))];
  const known = await loadClientFacts(tx, tied);
  const visits = await listVisits(tx, rebuilt);
  return {
    ...{ span, reference },
    rows: new Map(rows.map((row) => [row.id, row])),
    changes: Map.groupBy(changes, ({ itemId }) => itemId),
    visits: Map.groupBy(visits, ({ itemId }) => itemId),
    decisions: Map.groupBy(await listDecisions(tx, ids, span), ({ itemId }) => itemId),
    children: Map.groupBy(children, ({ parentId }) => parentId),
    earlier: Map.groupBy(earlier, ({ id }) => id),
    goneAt: new Map(deleted.map(({ row, number }) => [row.id, number])),
    clients: known,
    clientsBefore: await listClientsBefore(tx, [...known.values()]),
  };
}

// The clients that it once had.
function clientOf(row: ItemRow, { itemId, field, from, to }: RecordedChange) {
  if (itemId !== row.id || (field !== 'contact' && field !== 'company')) return [];
  return [from, to].flatMap((id) =>
    typeof id !== 'number'
      ? []
      : { contactId: field === 'contact' ? id : null, companyId: field === 'company' ? id : null },
  );
}

type Happened =
  | { readonly is: 'change'; readonly number: number; readonly change: RecordedChange }
  | { readonly is: 'visit'; readonly number: number; readonly visit: RecordedVisit }
  | { readonly is: 'decision'; readonly number: number; readonly decision: RecordedDecision };

function* stepsOf(book: Book, id: number): Generator<Recorded> {
  const now = book.rows.get(id);
  if (now === undefined) return;
  const visits = book.visits.get(id) ?? [];
  const byId = new Map(visits.map((visit) => [visit.id, visit]));
  let row = rollBack(now, book.changes.get(id) ?? [], visits);
  for (const one of inOrder(book, id)) {
    if (one.is === 'change') row = change(row, one.change);
    else if (one.is === 'visit') {
      const from = one.visit.fromStageId === null ? null : { pipelineId: row.pipelineId, stageId: row.stageId };
      row = enter(row, one.visit);
      const { at, byRule } = one.visit;
      if (at < book.span.since) continue;
      yield { is: 'entered', at: at.getTime(), item: factsAt(book, row, one.number), from, byRule };
    } else {
      const { signal, byRule, at, batch, visitId } = one.decision;
      const visit = one.decision.moved && visitId !== null ? (byId.get(visitId) ?? null) : null;
      const item = factsAt(book, row, batch);
      const moved = visit === null ? null : { pipelineId: visit.pipelineId, stageId: visit.stageId };
      yield { is: 'judged', at: at.getTime(), item, signal, byRule, moved };
      if (visit !== null) row = enter(row, visit);
    }
  }
}

/** A visit that a decision began stands where the decision does; a batch draws its visits after its own number. */
function inOrder(book: Book, id: number): Happened[] {
  const decisions = book.decisions.get(id) ?? [];
  const decided = new Set(decisions.flatMap(({ moved, visitId }) => (moved && visitId !== null ? [visitId] : [])));
  const happened: Happened[] = [
    ...(book.changes.get(id) ?? []).map((one) => ({ is: 'change' as const, number: one.id, change: one })),
    ...(book.visits.get(id) ?? [])
      .filter((visit) => !decided.has(visit.id))
      .map((visit) => ({ is: 'visit' as const, number: visit.id, visit })),
    ...decisions.map((decision) => ({ is: 'decision' as const, number: decision.batch, decision })),
  ];
  return happened.filter(({ number }) => number <= book.span.until).sort((a, b) => a.number - b.number);
}

function factsAt(book: Book, row: ItemRow, number: number): ItemFacts {
  const { reference } = book;
  const clients = clientsAt(book, row, number);
  return toFacts({
    ...{ row, reference, clients, isRepeat: isRepeatAt(book, row, number) },
    tied: new Map([[row.id, tiedAt(book, row.id, number)]]),
  });
}

function clientsAt(book: Book, { contactId, companyId }: ItemRow, number: number): Map<string, ClientFacts> {
  const keys = [
    contactId === null ? [] : clientKey('contact', contactId),
    companyId === null ? [] : clientKey('company', companyId),
  ].flat();
  const then = keys.flatMap((key) => {
    const before = book.clientsBefore.get(key)?.find(({ id }) => id > number)?.client;
    const client = before ?? book.clients.get(key);
    return client === undefined ? [] : [[key, client] as const];
  });
  return new Map(then);
}

/** The latest of each type that was there then (semantics.md 5.6). */
function tiedAt(book: Book, id: number, number: number): Record<string, Values> {
  const tied: Record<string, Values> = {};
  for (const child of book.children.get(id) ?? []) {
    const row = wasThere(book, child.id, number);
    if (row !== null) tied[row.type] = valuesOf(row, book.reference);
  }
  return tied;
}

/** An earlier item of the client whom it had then, on a won stage then. */
function isRepeatAt(book: Book, { id, type, contactId, companyId }: ItemRow, number: number): boolean {
  return (book.earlier.get(id) ?? []).some(({ earlier }) => {
    const row = wasThere(book, earlier, number);
    if (row === null || row.type !== type || book.reference.stages.get(row.stageId)?.kind !== 'won') return false;
    return (contactId !== null && row.contactId === contactId) || (companyId !== null && row.companyId === companyId);
  });
}

/** What another item was like then; null: it was not made yet, or gone. */
function wasThere(book: Book, id: number, number: number): ItemRow | null {
  const row = book.rows.get(id);
  const [changes, visits] = [book.changes.get(id) ?? [], book.visits.get(id) ?? []];
  const [birth] = visits;
  if (row === undefined || (birth !== undefined && birth.fromStageId === null && birth.id > number)) return null;
  return (book.goneAt.get(id) ?? number) < number ? null : rowAt(row, { changes, visits }, number);
}
