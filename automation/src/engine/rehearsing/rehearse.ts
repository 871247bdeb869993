import type { ItemFacts, SignalFacts, WorkspaceFacts } from '../../kit/facts.ts';
import type { Instant } from '../../kit/values/values.ts';
import type { Board } from '../board.ts';
import { type Decision, decide } from '../decide.ts';
import { type Messages, trackMessages } from './rehearse-messages.ts';

export interface Place {
  readonly pipelineId: number;
  readonly stageId: number;
}

/** What was recorded of an item, in its true order; the items in it are as they were, wherever the signals had brought them. */
export type Recorded =
  /** It entered a stage, but not by a trigger: a fact, whatever is rehearsed. */
  | {
      readonly is: 'entered';
      readonly at: Instant;
      readonly item: ItemFacts;
      readonly from: Place | null;
      readonly byRule: boolean;
    }
  /** It was judged; `moved` is where the live engine put it. */
  | {
      readonly is: 'judged';
      readonly at: Instant;
      readonly item: ItemFacts;
      readonly signal: SignalFacts;
      /** A rule of a visit caused the signal. */
      readonly byRule: boolean;
      readonly moved: Place | null;
    };

export interface RehearsedMove {
  readonly signal: number;
  readonly kind: string;
  readonly at: Instant;
  readonly trigger: string;
  readonly from: number;
  readonly to: number;
  readonly back: boolean;
}

export interface RehearsedItem {
  readonly id: number;
  readonly title: string;
  readonly moves: readonly RehearsedMove[];
  /** How many there were in truth. */
  readonly recordedMoves: number;
  readonly differs: boolean;
}

/** Sums over everything taken so far; what they are about is told to `onItem`. */
export interface Rehearsed {
  readonly signals: number;
  readonly items: number;
  readonly touched: number;
  readonly differing: number;
  readonly moves: number;
  readonly movesBack: number;
  readonly recordedMoves: number;
  /** By the rule's id: how often it would have begun. Listed, not carried out. */
  readonly rules: Readonly<Record<string, number>>;
  /** More than one message to one client in one day. */
  readonly doubles: Messages;
}

interface Rehearsing {
  readonly board: Board;
  readonly workspace: WorkspaceFacts;
  readonly onDecision?: (decided: { item: number; signal: number; decision: Decision }) => void;
}

export interface Rehearsal {
  /** One item with all that was recorded of it, oldest first. */
  take(recorded: Iterable<Recorded>): RehearsedItem | null;
  /** The same with a rest after each thing recorded, for whoever has other work too; one item after another. */
  steps(recorded: Iterable<Recorded>): Generator<undefined, RehearsedItem | null>;
  result(): Rehearsed;
}

/**
 * What a board would have done with what was recorded, by the same `decide` as the live engine (semantics.md 3.7). Pure; takes an
 * item at a time and keeps sums only, so that it can be given any number of them in slices.
 */
export function createRehearsal({ board, workspace, onDecision = () => {} }: Rehearsing): Rehearsal {
  const messages = trackMessages(board, workspace);
  const sums = { signals: 0, items: 0, touched: 0, differing: 0, moves: 0, movesBack: 0, recordedMoves: 0 };
  function* steps(recorded: Iterable<Recorded>): Generator<undefined, RehearsedItem | null> {
    const path = yield* walk(recorded, { board, workspace, onDecision, enter: messages.enter, see: messages.see });
    messages.end();
    if (path === null) return null;
    const { item, signals } = path;
    sums.items += 1;
    sums.signals += signals;
    sums.touched += item.moves.length > 0 ? 1 : 0;
    sums.differing += item.differs ? 1 : 0;
    sums.moves += item.moves.length;
    sums.movesBack += item.moves.filter(({ back }) => back).length;
    sums.recordedMoves += item.recordedMoves;
    return item;
  }
  return {
    steps,
    take(recorded) {
      const walking = steps(recorded);
      for (let step = walking.next(); ; step = walking.next()) if (step.done === true) return step.value;
    },
    result: () => ({ ...sums, rules: messages.rules(), doubles: messages.doubles() }),
  };
}

type Walk = Generator<undefined, { item: RehearsedItem; signals: number } | null>;

interface Walking extends Required<Rehearsing> {
  enter(item: ItemFacts, signal: SignalFacts | null, at: Instant): void;
  see(item: ItemFacts, at: Instant): void;
}

function* walk(recorded: Iterable<Recorded>, walking: Walking): Walk {
  const { board, workspace, onDecision, enter, see } = walking;
  let place: Place | null = null;
  let last: ItemFacts | null = null;
  let [signals, recordedMoves, differs] = [0, 0, false];
  const moves: RehearsedMove[] = [];
  for (const step of recorded) {
    yield;
    last = step.item;
    if (step.is === 'entered') {
      // The visit whose rule moved it did not happen here.
      if (step.byRule && place !== null && !isSame(place, step.from)) continue;

      place = placeOf(step.item);
      enter(step.item, null, step.at);
      continue;
    }
    if (step.moved !== null) recordedMoves += 1;
    place ??= placeOf(step.item);
    if (step.byRule && !isSame(place, step.item)) {
      differs ||= step.moved !== null;
      continue;
    }

    signals += 1;
    const { signal, at } = step;
    const item = standingAt(step.item, place, board);
    see(item, at);
    const decision = decide({ signal, item, board, workspace, now: at });
    onDecision({ item: item.id, signal: signal.id, decision });
    const to = decision.move?.stageId ?? null;
    differs ||= to !== (step.moved?.stageId ?? null);
    if (decision.move === null || to === null) continue;

    const back = orderOf(board, to) < orderOf(board, item.stageId);
    const { id, kind } = signal;
    moves.push({ signal: id, kind, at, trigger: decision.move.trigger, from: item.stageId, to, back });
    place = { pipelineId: item.pipelineId, stageId: to };
    enter(standingAt(item, place, board), signal, at);
  }
  if (last === null) return null;
  const title = String(last.values.title ?? '');
  return { item: { id: last.id, title, moves, recordedMoves, differs }, signals };
}

function standingAt(item: ItemFacts, place: Place, board: Board): ItemFacts {
  if (isSame(place, item)) return item;
  const code = board.stages.find(({ id }) => id === place.stageId)?.code ?? null;
  return { ...item, ...place, values: { ...item.values, stage: code } };
}

function placeOf({ pipelineId, stageId }: Place): Place {
  return { pipelineId, stageId };
}

function isSame(one: Place, other: Place | null): boolean {
  return other !== null && one.pipelineId === other.pipelineId && one.stageId === other.stageId;
}

function orderOf(board: Board, stageId: number): number {
  return board.stageOrder.get(stageId) ?? -1;
}
