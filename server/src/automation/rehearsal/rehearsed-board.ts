import type { Board } from '@signalbox/automation/engine/board.ts';
import { parseAutomationFile } from '@signalbox/automation/engine/file.ts';
import type { Problem } from '@signalbox/automation/kit/settings/problems.ts';
import { hidesAny } from '../../access/held-fields.ts';
import { loadReference, type Reference } from '../../crm/facts/workspace-facts.ts';
import type { PipelineWithStages } from '../../crm/pipelines/find-pipeline.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { invalid } from '../../platform/errors.ts';
import { pathText } from '../../platform/http/field-errors.ts';
import { missingRight } from '../../platform/missing-right.ts';
import { loadNewestBoards } from '../boards/load-boards.ts';
import { readAutomationText } from '../boards/read-automation-text.ts';
import { type BoardAddress, bindFile, emptyFile, getBoardPipeline } from '../boards/read-board.ts';

export interface BoardGiven {
  readonly address: BoardAddress;
  /** Neither: the newest saved version. */
  readonly file?: unknown;
  readonly yaml?: string | undefined;
  /** Whose pipelines are seen; left out on the command line. */
  readonly rights?: Rights | undefined;
}

export interface RehearsedBoard {
  readonly board: Board;
  readonly reference: Reference;
  /** Null: a draft. */
  readonly version: number | null;
  readonly problems: readonly Problem[];
}

/** The board to be tried: a draft with its own stages, what can't be read of it left out, or the newest version. */
export async function readRehearsedBoard(tx: Tx, { address, file, yaml, rights }: BoardGiven): Promise<RehearsedBoard> {
  const pipeline = await getBoardPipeline(tx, address, rights);
  const reference = await loadReference(tx);
  const draft = yaml === undefined ? file : await readYaml(tx, yaml);
  // A condition of one's own making would tell what is hidden, and a text would show it.
  if (draft !== undefined && rights !== undefined && !rights.areas.automation && hidesAny(rights))
    throw missingRight('no-automation');
  if (draft !== undefined) return { ...(await bindDraft(pipeline, reference, draft)), reference, version: null };

  const board = (await loadNewestBoards(tx, [pipeline.id], reference)).get(pipeline.id);
  if (board !== undefined) return { board, reference, version: board.version, problems: [] };
  return { ...(await bindFile({ pipeline, reference, version: 0, file: emptyFile(pipeline) })), reference, version: 0 };
}

async function readYaml(tx: Tx, text: string): Promise<unknown> {
  const { value, problems } = await readAutomationText(text, { workspaceId: workspaceOf(tx), employeeId: null });
  if (problems.length === 0) return value;
  throw invalid(problems.map((problem) => ({ path: 'yaml', ...problem })));
}

function bindDraft(pipeline: PipelineWithStages, reference: Reference, raw: unknown) {
  const { file, problems } = parseAutomationFile(raw);
  if (file === null)
    throw invalid(problems.map(({ path, code, message }) => ({ path: pathText(['file', ...path]), code, message })));
  const stages = (file.stages ?? pipeline.stages).map(({ code, name, kind }, index) => {
    const known = pipeline.stages.find((one) => one.code === code);
    // Not there yet: an id that nothing else has.
    return { id: known?.id ?? -1 - index, pipeline_id: pipeline.id, code, name, kind, color: known?.color ?? '' };
  });
  return bindFile({ pipeline: { ...pipeline, stages }, reference, version: 0, file: raw });
}
