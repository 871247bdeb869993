import type { Board } from '@signalbox/automation/engine/board.ts';
import type { Reference } from '../../crm/facts/workspace-facts.ts';
import type { Tx } from '../../platform/db.ts';
import { boardKey, loadBoardVersions } from './boards.store.ts';

/** The newest board of each pipeline; a pipeline without one is left out. */
export async function loadNewestBoards(
  tx: Tx,
  pipelineIds: Iterable<number>,
  reference: Reference,
): Promise<Map<number, Board>> {
  const wanted = [...new Set(pipelineIds)].flatMap((pipelineId) => {
    const version = reference.pipelines.get(pipelineId)?.boardVersion ?? 0;
    return version === 0 ? [] : [{ pipelineId, version }];
  });
  if (wanted.length === 0) return new Map();
  const boards = await loadBoardVersions(tx, wanted, reference);
  return new Map(
    wanted.flatMap((one) => {
      const board = boards.get(boardKey(one));
      return board === undefined ? [] : [[one.pipelineId, board]];
    }),
  );
}
