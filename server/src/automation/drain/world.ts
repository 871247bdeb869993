import type { Board, BoundTrigger } from '@signalbox/automation/engine/board.ts';
import { decideInSpans } from '@signalbox/automation/engine/decide.ts';
import type { ItemFacts, SignalFacts } from '@signalbox/automation/kit/facts.ts';
import { type PersonRef, readPersonRef } from '@signalbox/automation/kit/values/people.ts';
import { clientKey } from '../../crm/client-book/client-facts.store.ts';
import type { Reference } from '../../crm/facts/workspace-facts.ts';
import { enterStage } from '../../crm/items/item-facts.ts';
import type { ItemRow } from '../../crm/items/items.store.ts';
import type { Move } from '../moves/apply-moves.ts';
import type { DecisionRow } from './decisions.store.ts';
import { momentOf, type WaitingSignal } from './signal-queue.store.ts';

/** One locked item as it stands after the signals of the batch decided so far (semantics.md 1.4). */
export interface Standing {
  readonly row: ItemRow;
  readonly facts: ItemFacts;
  /** Epoch milliseconds. */
  readonly touchedAt: number;
}

/** What a batch knows and what it has decided; nothing is written before the whole batch is. */
export interface World {
  readonly reference: Reference;
  readonly boards: Map<number, Board>;
  readonly items: Map<number, Standing>;
  /** By client (`contact 5`): the ids of its items. */
  readonly itemsOf: Map<string, number[]>;
  readonly now: Date;
  /** Its place among everything that happens to the items. */
  readonly batch: number;
  /** Drawn with it, for the visits that begin. */
  readonly visitIds: readonly number[];
  readonly moves: Move[];
  readonly decisions: (Omit<DecisionRow, 'visitId'> & { readonly move: Move | null })[];
}

export function addStanding(world: World, standing: Standing): void {
  const { id, contactId, companyId } = standing.row;
  world.items.set(id, standing);
  for (const key of [
    contactId === null ? [] : clientKey('contact', contactId),
    companyId === null ? [] : clientKey('company', companyId),
  ].flat()) {
    const ids = world.itemsOf.get(key);
    if (ids === undefined) world.itemsOf.set(key, [id]);
    else ids.push(id);
  }
}

/** Judges a signal on an item, and lets the item stand where the decision puts it (semantics.md 3). */
export function judge(
  world: World,
  { facts: signal, came }: WaitingSignal,
  { standing, note }: { readonly standing: Standing; readonly note: object | null },
): void {
  const { reference, now } = world;
  const item = standing.facts;
  const board = world.boards.get(item.pipelineId);
  const kept = { itemId: item.id, signalId: signal.id, pipelineId: item.pipelineId, note };
  if (board === undefined) {
    world.decisions.push({ ...kept, boardVersion: 0, judged: null, move: null });
    return;
  }
  const decision = decideInSpans({ signal, item, board, workspace: reference.workspace, now: now.getTime() });
  const trigger = decision.move === null ? undefined : board.triggers.find(({ id }) => id === decision.move?.trigger);
  const move =
    decision.move === null || trigger === undefined
      ? null
      : moveOf(world, { standing, signal, trigger, chain: decision.move.chain, at: new Date(momentOf(came, now)) });
  world.decisions.push({ ...kept, boardVersion: board.version, judged: decision, move });
  if (move === null) return;
  world.moves.push(move);
  world.items.set(item.id, {
    row: standing.row,
    facts: move.item,
    touchedAt: now.getTime() + world.moves.length / 1_000,
  });
}

/** The signal reached no item; `note` says why (semantics.md 2.4). */
export function judgeNowhere(world: World, signal: SignalFacts, note: object): void {
  world.decisions.push({
    itemId: 0,
    signalId: signal.id,
    pipelineId: 0,
    boardVersion: 0,
    judged: null,
    note,
    move: null,
  });
}

/** The item was passed over without being judged; its log says why. */
export function passOver(
  world: World,
  signal: SignalFacts,
  { itemId, note }: { readonly itemId: number; readonly note: object },
): void {
  world.decisions.push({ itemId, signalId: signal.id, pipelineId: 0, boardVersion: 0, judged: null, note, move: null });
}

interface Moving {
  readonly standing: Standing;
  readonly signal: SignalFacts;
  readonly trigger: BoundTrigger;
  readonly chain: Move['chain'];
  readonly at: Date;
}

function moveOf({ reference, now }: World, { standing, signal, trigger, chain, at }: Moving): Move {
  const { facts } = standing;
  const from = { pipelineId: facts.pipelineId, stageId: facts.stageId };
  return {
    ...{ from, chain, at, signalId: signal.id, runId: null, ruleName: null },
    item: enterStage(facts, { pipelineId: facts.pipelineId, stageId: trigger.stageId }, reference, now),
    byId: findActor(trigger.as, facts, reference) ?? facts.responsible?.id ?? null,
    trigger: { id: trigger.id, name: trigger.name === '' ? trigger.key : trigger.name },
  };
}

type Actor = (item: ItemFacts, name: string, reference: Reference) => number | null | undefined;

/** "Change stage as" (triggers.md); who can't be found gives way to the responsible. */
const actors: Readonly<Record<ReturnType<typeof readPersonRef>['is'], Actor>> = {
  responsible: (item) => item.responsible?.id,
  supervisor: (item) => item.responsible?.supervisorId,
  creator: (item) => item.creator?.id,
  observers: (item) => firstId(item.values.observers),
  signal: () => null,
  field: (item, code) => firstId(item.values[code]),
  email: (_item, address, { workspace }) => workspace.directory?.byEmail[address],
  head: (_item, department, { workspace }) => workspace.directory?.heads[department],
  department: (_item, name, { workspace }) => workspace.directory?.departments[name]?.[0],
  role: (_item, name, { workspace }) => workspace.directory?.roles[name]?.[0],
};

function findActor(as: PersonRef, item: ItemFacts, reference: Reference): number | null {
  const { is, name } = readPersonRef(as);
  return actors[is](item, name ?? '', reference) ?? null;
}

function firstId(value: unknown): number | null {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'number' ? one : null;
}
