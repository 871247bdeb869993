import { reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import { type Reader, seenReason, seenResult } from '../../access/seen-evidence.ts';
import { listStages } from '../../crm/pipelines/pipelines.store.ts';
import { listTriedOfRuns, type Tried } from '../../outbox/of-runs.store.ts';
import type { Undoes } from '../../parts/undoing.ts';
import type { PersonRow } from '../../people/employees.store.ts';
import { loadPeople } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { boardKey, loadBoardVersions } from '../boards/boards.store.ts';
import { orderOf } from '../visits/stage-rules.ts';
import type { VisitedRun } from './item-runs.store.ts';
import { listUndoable } from './list-undoable.ts';

interface Shown {
  readonly reader: Reader;
  /** How what they did is taken back; empty where that is not asked. */
  readonly undoes: Undoes;
}

/** Runs of one item as answers show them, with the names of the rules in the version of the board that each keeps to. */
export async function presentRuns(tx: Tx, rows: readonly VisitedRun[], { reader, undoes }: Shown) {
  const boards = await loadBoardVersions(
    tx,
    rows.map((row) => ({ pipelineId: row.pipelineId, version: row.boardVersion })),
  );
  const stages = new Map(
    (await listStages(tx, [...new Set(rows.map((row) => row.pipelineId))])).map((stage) => [stage.id, stage]),
  );
  const people = await loadPeople(
    tx,
    workspaceOf(tx),
    rows.flatMap(({ run }) => [run.askedBy, run.movedBy, run.undone?.by ?? null]),
  );
  const tried = new Map(
    (
      await listTriedOfRuns(
        tx,
        rows.map(({ run }) => run.id),
      )
    ).map((one) => [one.runId, one]),
  );
  const undoable = await findUndoable(tx, rows, { reader, undoes });
  const places = new Map<VisitedRun, number>();
  const shown = rows.map((row) => {
    const board = boards.get(boardKey({ pipelineId: row.pipelineId, version: row.boardVersion }));
    const rule = board?.rules.find((one) => one.id === row.run.ruleId);
    const stage = stages.get(row.stageId);
    places.set(row, rule?.position ?? Number.POSITIVE_INFINITY);
    return {
      row,
      body: {
        ...presentRun(row, { people, reader, undoable }),
        tried: presentTried(tried.get(row.run.id), reader),
        key: rule?.key ?? '',
        name: rule?.name ?? row.run.ruleId,
        ...(board === undefined ? { previous: null, uses: [] } : orderOf(board, row.run.ruleId)),
        stage: stage === undefined ? null : { id: stage.id, code: stage.code, name: stage.name },
      },
    };
  });
  return shown
    .sort(
      (a, b) =>
        b.row.run.visitId - a.row.run.visitId ||
        (places.get(a.row) ?? 0) - (places.get(b.row) ?? 0) ||
        a.row.run.id - b.row.run.id,
    )
    .map(({ body }) => body);
}

function findUndoable(tx: Tx, rows: readonly VisitedRun[], { reader: { rights, type }, undoes }: Shown) {
  const id = rows[0]?.run.itemId ?? 0;
  return listUndoable(
    undoes,
    { tx, rights, item: { id, type } },
    rows.map(({ run }) => run),
  );
}

/** What it sent has not arrived yet, and is sent again. */
function presentTried(tried: Tried | undefined, reader: Reader) {
  if (tried === undefined || tried.reason === null) return null;
  const { reason, nextAt, attempts } = tried;
  return { reason: seenReason(reason, reader), nextAt, attempts };
}

interface Showing {
  readonly people: ReadonlyMap<number, PersonRow>;
  readonly reader: Reader;
  readonly undoable: ReadonlySet<number>;
}

function presentRun({ run, enteredAt }: VisitedRun, { people, reader, undoable }: Showing) {
  const { id, state, waitingFor, dueAt, startedAt, endedAt } = run;
  const reason = seenReason(run.reason, reader);
  const personOf = (id: number | null) => (id === null ? null : (people.get(id) ?? null));
  return {
    id,
    rule: run.ruleId,
    visit: run.visitId,
    state,
    waitingFor,
    dueAt,
    startedAt,
    endedAt,
    result: seenResult(run.result, reader),
    error: reason === null || reason === run.reason ? run.error : reasonText(reason),
    reason,
    enteredAt,
    askedBy: personOf(run.askedBy),
    movedBy: personOf(run.movedBy),
    undoable: undoable.has(id),
    undone: run.undone && { at: run.undone.at, by: personOf(run.undone.by) },
  };
}
