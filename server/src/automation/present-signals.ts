import type { Board } from '@signalbox/automation/engine/board.ts';
import { verdictCodes } from '@signalbox/automation/engine/verdict.ts';
import { z } from 'zod';
import type { Tx } from '../platform/db.ts';
import { boardKey, loadBoardVersions } from './boards.store.ts';
import type { ItemSignal } from './item-runs.store.ts';
import { listStays } from './visits.store.ts';

/** How a signal is shown with its verdicts: names, keys and stages are those of the board on which it was decided (semantics.md 3.8). */
export async function presentSignals(
  tx: Tx,
  { itemId, rows }: { readonly itemId: number; readonly rows: readonly ItemSignal[] },
): Promise<(row: ItemSignal) => object> {
  const stays = await listStays(tx, itemId);
  const judgedOn = (row: ItemSignal) => ({ pipelineId: pipelineOf(row, stays), version: row.boardVersion ?? 0 });
  const boards = await loadBoardVersions(tx, rows.map(judgedOn));
  return (row) => ({
    id: row.id,
    kind: row.kind,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    decidedAt: row.decidedAt,
    payload: row.payload,
    verdicts: readVerdicts(row.verdicts).map((verdict) => presentVerdict(verdict, boards.get(boardKey(judgedOn(row))))),
    move: row.visitId,
    note: row.note ?? null,
    run: row.causeRunId,
  });
}

// As the drain keeps them: id of the trigger, verdict, detail.
const compact = z.array(
  z.union([
    z.tuple([z.string(), z.enum(verdictCodes)]),
    z.tuple([z.string(), z.enum(verdictCodes), z.record(z.string(), z.json())]),
  ]),
);
type CompactVerdict = z.output<typeof compact>[number];

function readVerdicts(column: unknown): CompactVerdict[] {
  return column === null || column === undefined ? [] : compact.parse(column);
}

function presentVerdict([id, verdict, detail]: CompactVerdict, board: Board | undefined) {
  const trigger = board?.triggers.find((one) => one.id === id);
  return {
    trigger: id,
    key: trigger?.key ?? '',
    name: trigger?.name ?? id,
    stage: trigger?.stage ?? '',
    verdict,
    detail: detail ?? null,
  };
}

// Versions count by pipeline: the one on which the item stood when its signal was decided.
function pipelineOf({ visitId, decidedAt }: ItemSignal, stays: Awaited<ReturnType<typeof listStays>>): number {
  const move = visitId === null ? undefined : stays.find((stay) => stay.visitId === visitId);
  const stay = stays.find(({ enteredAt }) => decidedAt !== null && enteredAt <= decidedAt) ?? stays.at(-1);
  return move?.fromPipelineId ?? stay?.pipelineId ?? 0;
}
