import { type BoundBoard, bindBoardInPieces } from '@signalbox/automation/engine/binding/bind.ts';
import type { Board, Stage } from '@signalbox/automation/engine/board.ts';
import { parseAutomationFile } from '@signalbox/automation/engine/file.ts';
import { type ExportedFile, toFile } from '@signalbox/automation/engine/to-file.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { seesPipeline } from '../../access/access-pipeline.ts';
import { nameScopeOf } from '../../crm/facts/name-scope.ts';
import { loadReference, type Reference } from '../../crm/facts/workspace-facts.ts';
import { findPipeline, type PipelineWithStages } from '../../crm/pipelines/find-pipeline.ts';
import { listPipelines } from '../../crm/pipelines/pipelines.store.ts';
import { checkTypeInAddress } from '../../crm/types/check-item-type.ts';
import { inPieces } from '../../platform/apart/breathe.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { preconditionFailed, UserError } from '../../platform/errors.ts';
import { listChanges } from './board-difference.ts';
import { type BoardVersion, listSavedBoards } from './boards.store.ts';

/** A board as it stands in the address: `/automation/deal/Sales`; the pipeline by id or name. */
export interface BoardAddress {
  readonly type: string;
  readonly pipeline: string;
}

export interface CurrentBoard {
  readonly pipeline: PipelineWithStages;
  readonly version: number;
  readonly board: Board;
  readonly file: ExportedFile;
}

export async function findBoardPipeline(
  tx: Tx,
  { type, pipeline }: BoardAddress,
): Promise<PipelineWithStages | undefined> {
  return findPipeline(await listPipelines(tx, type), pipeline);
}

/** 404 for another workspace's pipeline too, and for one that these rights do not let be seen. */
export async function getBoardPipeline(tx: Tx, address: BoardAddress, rights?: Rights): Promise<PipelineWithStages> {
  const all = await listPipelines(tx, address.type);
  const seen = rights === undefined ? all : all.filter((one) => seesPipeline(rights, one));
  const found = findPipeline(seen, address.pipeline);
  if (found !== undefined) return found;
  const names = seen.map(({ name }) => `"${name}"`);
  if (names.length === 0) await checkTypeInAddress(tx, address.type);
  const detail = `There is no ${address.type} pipeline "${address.pipeline}"${names.length === 0 ? '' : `; there is ${names.join(', ')}`}`;
  throw new UserError({ status: 404, code: 'not_found', title: 'Not found', detail });
}

/** The newest version of a pipeline's automation, or an older one with the stages of its time, as a file (semantics.md 8.4). */
export async function readBoard(tx: Tx, pipeline: PipelineWithStages, version?: number): Promise<CurrentBoard> {
  const reference = await loadReference(tx);
  const newest = reference.pipelines.get(pipeline.id)?.boardVersion ?? 0;
  const wanted = { pipelineId: pipeline.id, version: version ?? newest };
  const [saved] = wanted.version === 0 ? [] : await listSavedBoards(tx, [wanted]);
  const file = saved?.file ?? emptyFile(pipeline);
  const stages = wanted.version === newest ? pipeline.stages : stagesThen(pipeline, file);
  const { board } = await bindFile({ ...wanted, pipeline: { ...pipeline, stages }, reference, file, lenient: true });
  return { pipeline, version: wanted.version, board, file: toFile(board, pipeline.name) };
}

/** 412 with what the others have changed meanwhile; nothing of theirs or yours is lost (semantics.md 8.3). */
export async function checkVersion(tx: Tx, ifVersion: number | null, current: CurrentBoard): Promise<void> {
  if (ifVersion === null || ifVersion === current.version) return;
  const [base] = await listSavedBoards(tx, [{ pipelineId: current.pipeline.id, version: ifVersion }]);
  const had =
    base === undefined
      ? { ...current.file, triggers: [], rules: [] }
      : (await readBoard(tx, current.pipeline, ifVersion)).file;
  const changes = listChanges(had, current.file);
  throw preconditionFailed(`Version ${current.version} was saved after you had read version ${ifVersion}`, changes);
}

export interface FileToBind extends Pick<BoardVersion, 'version'> {
  readonly pipeline: PipelineWithStages;
  readonly reference: Reference;
  readonly file: unknown;
  /** Of a version that was saved: nothing of it is left out although stages and fields have gone since. */
  readonly lenient?: boolean;
}

export async function bindFile(toBind: FileToBind): Promise<BoundBoard> {
  const { pipeline, reference, version, file, lenient = false } = toBind;
  const language = parseLanguage(reference.workspace.language);
  const names = nameScopeOf(reference, pipeline.type);
  const stages = pipeline.stages.map(toStage);
  return inPieces(bindBoardInPieces({ version, pipelineId: pipeline.id, language, file, stages, ...names, lenient }));
}

export function emptyFile({ type, name }: Pick<PipelineWithStages, 'type' | 'name'>) {
  return { type, pipeline: name };
}

// Those that are gone have ids that nothing else has.
function stagesThen({ id, stages }: PipelineWithStages, raw: unknown): PipelineWithStages['stages'] {
  const then = parseAutomationFile(raw).file?.stages ?? stages;
  return then.map(({ code, name, kind, color }, index) => {
    const known = stages.find((one) => one.code === code);
    const look = { color: color ?? known?.color ?? '' };
    return { id: known?.id ?? -1_000 - index, pipeline_id: id, code, name, kind, ...look };
  });
}

function toStage({ id, code, name, kind, color }: PipelineWithStages['stages'][number], position: number): Stage {
  return { id, code, name, kind, color, position };
}
