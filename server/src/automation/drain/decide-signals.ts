import { recallReference } from '../../crm/facts/known-reference.store.ts';
import { makeItemFacts } from '../../crm/items/item-facts.ts';
import { loadItemRows } from '../../crm/items/items.store.ts';
import { createBreather } from '../../platform/apart/breathe.ts';
import type { Tx } from '../../platform/db.ts';
import { announce } from '../../platform/realtime.ts';
import type { Binding, BindSignals } from '../../signals/binding.ts';
import { loadNewestBoards } from '../boards/load-boards.ts';
import { applyMovesWith, type Begun } from '../moves/apply-moves.ts';
import type { MoveRow } from '../visits/moves.store.ts';
import { beginBatch, toDecisionColumns, writeDecisions } from './decisions.store.ts';
import { makeForUnknown } from './make-unknown.ts';
import { firstAfter, listOverdue, type Overdue, OverdueFirst } from './overdue.store.ts';
import { type EnteredVisits, isQuicklyRun, runNow } from './run-now.ts';
import { momentOf, type WaitingSignal } from './signal-queue.store.ts';
import { type ClientBook, chooseItems, loadClientBook } from './tie-clients.ts';
import { tieSettingsOf } from './tie-settings.ts';
import { addStanding, judge, judgeNowhere, passOver, type World } from './world.ts';

export interface DecideOptions {
  readonly now: Date;
  /** They were recorded in this transaction and are in no queue: whatever waits there comes before them (semantics.md 1.4). */
  readonly recordedHere: boolean;
  readonly bindSignals: BindSignals;
  /** Overdue runs that were to be carried out first in this try (`momentKey`). */
  readonly tried?: ReadonlySet<string>;
  /** Carries out the rules that are due as the items enter, in the same transaction; absent: left to jobs. */
  runEntered?(tx: Tx, entered: EnteredVisits): Promise<void>;
}

/**
 * Decides signals in their order and writes everything that follows. The caller holds the workspace's lock, and has taken them from
 * the queue or recorded them in this transaction. Answers how many were decided, the first ones: none when they were recorded here and
 * it is the turn of others, fewer than all when something has to happen between two of them (semantics.md 5.1).
 */
export async function decideSignals(
  tx: Tx,
  signals: readonly WaitingSignal[],
  options: DecideOptions,
): Promise<number> {
  const book = await loadClientBook(tx, signals);
  const { world, isWaiting, overdue } = await loadWorld(tx, { signals, book, options });
  if (isWaiting) return 0;
  if (overdue.length > 0) {
    const { now, tried = nothing } = options;
    const first = firstAfter(overdue, signals, { book, now, tried });
    if (first !== null && options.recordedHere) return 0;
    if (first !== null) throw new OverdueFirst(first);
  }

  const bindings: Binding[] = [];
  const decided: WaitingSignal[] = [];
  const comesMuchLater = watchLateMoves(world);
  const breathe = createBreather();
  for (const signal of signals) {
    if (comesMuchLater(signal)) break;
    await breathe();
    decided.push(signal);
    if (signal.itemIds !== null) judgeNamed(world, signal, signal.itemIds);
    else bindings.push(...(await judgeByClient(tx, world, { signal, book })));
  }
  const { bindSignals, runEntered } = options;
  const runsNow = runEntered !== undefined && isQuicklyRun(world);
  const begun = await write(tx, world, { signals: decided, runsNow });
  if (bindings.length > 0) await bindSignals(tx, bindings);
  if (runsNow && begun.length > 0) await runNow(tx, world, { signals: decided, begun, runEntered });
  for (const { facts } of decided) announce(tx, { topic: 'signals', kind: 'decided', signal: facts.id });
  return decided.length;
}

/**
 * Asked of each signal in turn: whether it comes after a late move of its item, since rules of the stage entered may have been due in
 * between, and come first. Looks at each move once, whatever the number of signals.
 */
function watchLateMoves({ moves, now }: World): (signal: WaitingSignal) => boolean {
  const movedAt = new Map<number, number>();
  let earliest = Number.POSITIVE_INFINITY;
  let seen = 0;
  return ({ itemIds, came }) => {
    for (; seen < moves.length; seen += 1) {
      const move = moves[seen];
      if (move === undefined || move.at >= now) continue;
      const at = move.at.getTime();
      movedAt.set(move.item.id, Math.min(at, movedAt.get(move.item.id) ?? at));
      earliest = Math.min(at, earliest);
    }
    const moment = momentOf(came, now);
    if (itemIds === null) return earliest < moment;
    return itemIds.some((id) => (movedAt.get(id) ?? moment) < moment);
  };
}

/** For so many signals the numbers of their visits are drawn beforehand, which saves a round trip; of more, too many would be left over. */
const FEW_SIGNALS = 50;

// An item that is made for a client first has the visit of its making.
function foreseenVisits(signals: readonly WaitingSignal[]): number {
  return signals.length <= FEW_SIGNALS && signals.every(({ itemIds }) => itemIds !== null) ? signals.length : 0;
}

interface Loading {
  readonly signals: readonly WaitingSignal[];
  readonly book: ClientBook;
  readonly options: DecideOptions;
}

async function loadWorld(
  tx: Tx,
  { signals, book, options }: Loading,
): Promise<{ readonly world: World; readonly isWaiting: boolean; readonly overdue: readonly Overdue[] }> {
  const { now, recordedHere } = options;
  const itemIds = [...new Set([...signals.flatMap(({ itemIds }) => itemIds ?? []), ...book.candidateIds])];
  const [rows, begun, overdue] = await Promise.all([
    loadItemRows(tx, itemIds, { lock: true }),
    beginBatch(tx, { visits: foreseenVisits(signals), askWaiting: recordedHere }),
    listOverdue(tx, itemIds, now),
  ]);
  const { batch, visitIds, referenceState, isWaiting } = begun;
  const world = {
    ...{ now, batch, visitIds, moves: [], decisions: [], boards: new Map(), items: new Map(), itemsOf: new Map() },
    reference: await recallReference(tx, referenceState),
  };
  await addItems(tx, world, rows);
  return { world, isWaiting, overdue };
}

const nothing: ReadonlySet<string> = new Set();

async function addItems(tx: Tx, world: World, rows: Awaited<ReturnType<typeof loadItemRows>>): Promise<void> {
  const facts = await makeItemFacts(tx, rows, world.reference);
  const pipelines = rows.map(({ pipelineId }) => pipelineId).filter((id) => !world.boards.has(id));
  for (const [id, board] of await loadNewestBoards(tx, pipelines, world.reference)) world.boards.set(id, board);
  for (const row of rows) {
    const known = facts.get(row.id);
    if (known !== undefined) addStanding(world, { row, facts: known, touchedAt: row.updatedAt.getTime() });
  }
}

/** Exactly these items (semantics.md 2.1). */
function judgeNamed(world: World, signal: WaitingSignal, itemIds: readonly number[]): void {
  let reached = false;
  for (const id of new Set(itemIds)) {
    const standing = world.items.get(id);
    if (standing === undefined) continue;
    judge(world, signal, { standing, note: null });
    reached = true;
  }
  if (!reached) judgeNowhere(world, signal.facts, { tie: 'direct', missing: itemIds });
}

/** The items of the client that the channel chooses, or what is made for somebody unknown (semantics.md 2.2, 2.4). */
async function judgeByClient(
  tx: Tx,
  world: World,
  { signal, book }: { signal: WaitingSignal; book: ClientBook },
): Promise<Binding[]> {
  const { facts, client } = signal;
  const settings = tieSettingsOf(signal, book.channels);
  const clients = client === null ? [] : book.clientsOf(client);
  const found = clients.map(({ kind, id }) => ({ kind, id }));
  const { items, closed } = chooseItems(world, clients, settings);
  for (const { row } of closed)
    passOver(world, facts, { itemId: row.id, note: { tie: 'client', why: 'the item is closed', clients: found } });
  if (items.length > 0) {
    const why = { tie: 'client', choice: settings.tie, clients: found };
    for (const standing of items) judge(world, signal, { standing, note: why });
    return [
      { signalId: facts.id, kind: facts.kind, payload: facts.payload, itemIds: items.map(({ row }) => row.id), why },
    ];
  }

  const unknown = await makeForUnknown(tx, world, { signal, book, settings });
  if ('ignored' in unknown) {
    const why = { tie: 'client', decided: 'ignore', why: unknown.ignored, clients: found };
    judgeNowhere(world, facts, why);
    return [{ signalId: facts.id, kind: facts.kind, payload: facts.payload, itemIds: [], why }];
  }
  await addItems(tx, world, await loadItemRows(tx, [unknown.itemId], { lock: true }));
  const why = { tie: 'client', decided: settings.unknownClient, made: unknown.itemId };
  const standing = world.items.get(unknown.itemId);
  if (standing !== undefined) judge(world, signal, { standing, note: why });
  return [{ signalId: facts.id, kind: facts.kind, payload: facts.payload, itemIds: [unknown.itemId], why }];
}

interface Writing {
  readonly signals: readonly WaitingSignal[];
  readonly runsNow: boolean;
}

async function write(tx: Tx, world: World, { signals, runsNow }: Writing): Promise<readonly Begun[]> {
  const think = (applied: readonly MoveRow[]) => {
    const visits = new Map(world.moves.map((move, index) => [move, applied[index]?.visitId ?? null]));
    const rows = world.decisions.map(({ move, ...row }) => ({
      ...row,
      visitId: move === null ? null : (visits.get(move) ?? null),
    }));
    return toDecisionColumns(rows, {
      signalIds: signals.map(({ facts }) => facts.id),
      againIds: signals.flatMap(({ again, facts }) => (again ? facts.id : [])),
    });
  };
  const { thought, begun } = await applyMovesWith(tx, world.moves, { ...world, runsNow, think });
  await writeDecisions(tx, thought, world);
  return begun;
}
