import type { Board, Stage } from '@signalbox/automation/engine/board.ts';
import {
  createRehearsal,
  type Recorded,
  type Rehearsal,
  type Rehearsed,
  type RehearsedItem,
} from '@signalbox/automation/engine/rehearsing/rehearse.ts';
import {
  MAX_REHEARSED_ITEMS,
  type RehearsalLine,
  type RehearsalResult,
  type RehearsedItem as ShownItem,
} from '@signalbox/contract/automation/rehearsal.ts';
import { hasAllOf } from '../../access/access-pipeline.ts';
import { seesEverything } from '../../access/sees-everything.ts';
import { createBreather } from '../../platform/apart/breathe.ts';
import type { Context, Rights } from '../../platform/context.ts';
import { pathText } from '../../platform/http/field-errors.ts';
import { missingRight } from '../../platform/missing-right.ts';
import { inReadOnly } from '../../platform/read-only.ts';
import { orderOf } from '../visits/stage-rules.ts';
import { rebuildItems } from './rebuild-items.ts';
import { lastNumber, listRecordedItems, type Span, type Weighed } from './recorded.store.ts';
import { type BoardGiven, type RehearsedBoard, readRehearsedBoard } from './rehearsed-board.ts';

export interface RehearsalWish extends BoardGiven {
  readonly days: number;
}

/** What is needed to begin; throws UserError before anything is answered. */
export interface Prepared extends RehearsedBoard {
  readonly workspaceId: number;
  readonly span: Span;
  readonly now: Date;
  readonly items: readonly Weighed[];
}

export function prepareRehearsal(context: Context, workspaceId: number, wish: RehearsalWish): Promise<Prepared> {
  const now = context.clock.now();
  return inReadOnly(context, workspaceId, async (tx) => {
    const tried = await readRehearsedBoard(tx, wish);
    checkSeesAll(wish.rights, tried);
    const since = new Date(now.getTime() - wish.days * DAY_MS);
    const span = { pipelineId: tried.board.pipelineId, since, until: await lastNumber(tx) };
    return { ...tried, workspaceId, span, now, items: await listRecordedItems(tx, span) };
  });
}

// It tells of every item: for who may read them all, and for who edits automation. A draft asks whatever its author likes of what is
// tied to them as well.
function checkSeesAll(rights: Rights | undefined, { board, reference, version }: RehearsedBoard): void {
  const type = reference.pipelines.get(board.pipelineId)?.type ?? '';
  if (rights === undefined || rights.areas.automation) return;
  const isSeen = hasAllOf(rights, { id: board.pipelineId, type }, 'read');
  if (isSeen && (version !== null || seesEverything(rights))) return;
  throw missingRight('no-automation');
}

const DAY_MS = 86_400_000;

/** A slice at a time, each in a transaction that can't write; whoever stops listening stops it. */
export async function* rehearseBoard(context: Context, prepared: Prepared): AsyncGenerator<RehearsalLine> {
  const { workspaceId, board, reference, span, items } = prepared;
  const rehearsal = createRehearsal({ board, workspace: reference.workspace });
  let [done, listed] = [0, 0];
  yield { progress: { done, total: items.length } };
  for (const slice of slicesOf(items)) {
    const taken = await inReadOnly(context, workspaceId, async (tx) => {
      const rebuilt = await rebuildItems(tx, slice, { span, reference });
      return takeAll(rehearsal, [...rebuilt.values()]);
    });
    for (const item of taken) {
      if (listed === MAX_REHEARSED_ITEMS || (item.moves.length === 0 && !item.differs)) continue;
      listed += 1;
      yield { item: showItem(item, board) };
    }
    done += slice.length;
    yield { progress: { done, total: items.length } };
  }
  yield { result: showResult(rehearsal.result(), prepared) };
}

/** An item may have lived through any number of signals, so the event loop gets its turn between them. */
async function takeAll(rehearsal: Rehearsal, all: readonly Iterable<Recorded>[]): Promise<RehearsedItem[]> {
  const taken: RehearsedItem[] = [];
  const breathe = createBreather();
  for (const recorded of all) {
    const walking = rehearsal.steps(recorded);
    let step = walking.next();
    for (; step.done !== true; step = walking.next()) await breathe();
    if (step.value !== null) taken.push(step.value);
  }
  return taken;
}

const SLICE_ITEMS = 200;
// More holds the event loop for longer: 5,000 for 160 ms, 500 for 40 ms, and no slower altogether.
const SLICE_DECISIONS = 500;

/** As many items as fit into memory together, by what was decided on them. */
export function slicesOf(items: readonly Weighed[]): number[][] {
  const slices: number[][] = [];
  let decisions = 0;
  for (const item of items) {
    const last = slices.at(-1);
    decisions += item.decisions;
    if (last === undefined || last.length === SLICE_ITEMS || decisions > SLICE_DECISIONS) {
      slices.push([item.id]);
      decisions = item.decisions;
    } else last.push(item.id);
  }
  return slices;
}

function showItem({ id, title, moves, recordedMoves, differs }: RehearsedItem, board: Board): ShownItem {
  const triggers = new Map(board.triggers.map((trigger) => [trigger.id, trigger]));
  return {
    ...{ id, title, recordedMoves, differs },
    moves: moves.map(({ signal, kind, at, trigger, from, to, back }) => ({
      ...{ at: new Date(at).toISOString(), signal: { id: signal, kind }, trigger, back },
      ...{
        key: triggers.get(trigger)?.key ?? '',
        name: triggers.get(trigger)?.name ?? trigger,
        from: showStage(board, from),
        to: showStage(board, to),
      },
    })),
  };
}

export function showStage({ stages }: Board, id: number): Pick<Stage, 'code' | 'name'> {
  const { code, name } = stages.find((stage) => stage.id === id) ?? { code: '', name: '' };
  return { code, name };
}

const MOST_DOUBLES = 200;

function showResult({ rules, doubles, ...sums }: Rehearsed, { board, version, span, now, problems }: Prepared) {
  const begun = board.rules.filter(({ id }) => rules[id] !== undefined);
  const result: RehearsalResult = {
    ...{ version, since: span.since.toISOString(), until: now.toISOString(), ...sums },
    rules: begun.map(({ id, key, name, stageId }) => ({
      ...{ id, key, name },
      ...orderOf(board, id),
      stage: showStage(board, stageId),
      times: rules[id] ?? 0,
    })),
    doubles: doubles
      .slice(0, MOST_DOUBLES)
      .map((double) => ({ ...double, items: [...double.items], rules: [...double.rules] })),
    doublesTotal: doubles.length,
    leftOut: problems.map(({ path, code, message }) => ({ path: pathText(path), code, message })),
  };
  return result;
}
