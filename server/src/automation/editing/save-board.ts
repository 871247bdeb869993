import { assignIds } from '@signalbox/automation/engine/assign-ids.ts';
import { checkBoardInPieces } from '@signalbox/automation/engine/checks/check.ts';
import { type AutomationFile, parseAutomationFile } from '@signalbox/automation/engine/file.ts';
import { type ExportedFile, isSame, toFile } from '@signalbox/automation/engine/to-file.ts';
import { type Problem, pathText } from '@signalbox/automation/kit/settings/problems.ts';
import { z } from 'zod';
import { record } from '../../audit/record.ts';
import { listEveryChannel } from '../../connections/channels.store.ts';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import type { PipelineWithStages } from '../../crm/pipelines/find-pipeline.ts';
import { insertPipeline, putStages } from '../../crm/pipelines/pipelines.store.ts';
import { checkTypeInAddress } from '../../crm/types/check-item-type.ts';
import { createBreather, inPieces } from '../../platform/apart/breathe.ts';
import type { Tx } from '../../platform/db.ts';
import { type FieldError, invalid, UserError } from '../../platform/errors.ts';
import { announce } from '../../platform/realtime.ts';
import type { Place } from '../boards/automation-text.ts';
import { listChanges } from '../boards/board-difference.ts';
import { insertBoard, lockPipeline } from '../boards/boards.store.ts';
import {
  type BoardAddress,
  bindFile,
  checkVersion,
  findBoardPipeline,
  getBoardPipeline,
  readBoard,
} from '../boards/read-board.ts';
import type { Acting } from '../moves/acting.ts';
import { stopMoves } from '../moves/hold-stages.ts';
import { cancelRunsOfRules, countRunsOfRules } from './board-runs.store.ts';
import { checkReferences } from './check-references.ts';
import { checkLeftOutStages, emptyStages, leftOutStages, type MoveTo } from './leave-out-stages.ts';

export interface BoardInput {
  readonly address: BoardAddress;
  /** The file as it came; `version` and what else our answers add may stand in it. */
  readonly raw: unknown;
  /** Where its parts stand, when it came as text. */
  locate?(paths: readonly string[]): Promise<readonly Place[]>;
  /** The version that the one who saves had read; null: whatever is there. */
  readonly ifVersion: number | null;
  readonly moveTo: MoveTo;
  readonly cancelRuns: boolean;
  readonly dryRun: boolean;
}

export interface SavedResult {
  readonly file: ExportedFile;
  readonly version: number;
  readonly warnings: readonly LocatedError[];
  /** Runs that still wait for rules that are gone or off now (semantics.md 8.2). */
  readonly waitingRuns: number;
  /** Items that left a stage which is gone. */
  readonly moved: number;
}

export interface LocatedError extends FieldError, Partial<Place> {}

/** Checks everything and makes a new version, or throws UserError with every mistake; saving what is there already changes nothing (semantics.md 8.1). */
export async function saveBoard(tx: Tx, acting: Acting, input: BoardInput): Promise<SavedResult> {
  const file = readFile(input);
  const { id } = await getOrMakePipeline(tx, input, file);
  const version = (await lockPipeline(tx, id))?.version ?? 0;
  const made = await getBoardPipeline(tx, { type: file.type, pipeline: String(id) });
  const before = await readBoard(tx, made);
  await checkVersion(tx, input.ifVersion, before);

  const leftOut = leftOutStages(made, file);
  if (leftOut.length > 0) await stopMoves(tx);
  await checkLeftOutStages(tx, leftOut, { moveTo: input.moveTo, dryRun: input.dryRun });
  if (file.stages !== undefined) await putStages(tx, made.id, file.stages);
  const stood = await getBoardPipeline(tx, { type: made.type, pipeline: String(made.id) });
  const pipeline = { ...stood, stages: stood.stages.filter(({ code }) => leftOut.every((gone) => gone.code !== code)) };

  await createBreather({ everyMs: 0 })();
  const { after, warnings } = await checkFile(tx, {
    pipeline,
    version: version + 1,
    file: withIds(input, assignIds(file, before.file)),
  });
  const goneRules = rulesGone(before.file, after);
  const waitingRuns = await countRunsOfRules(tx, made.id, goneRules);
  if (version > 0 && isSame(before.file, after))
    return { file: before.file, version, warnings, waitingRuns: 0, moved: 0 };

  await insertBoard(tx, {
    pipelineId: made.id,
    version: version + 1,
    file: after,
    authorId: acting.byId,
    savedAt: acting.now,
  });
  await recordSave(tx, { pipeline: made, version: version + 1, before: before.file, after });
  if (input.cancelRuns) await cancelRunsOfRules(tx, made.id, { ruleIds: goneRules, now: acting.now });
  const moved = input.dryRun ? 0 : await emptyStages(tx, acting, { pipeline, leftOut, moveTo: input.moveTo });
  announce(tx, { topic: 'boards', kind: 'saved', pipeline: made.id });
  if (file.stages !== undefined) announce(tx, { topic: 'pipelines', kind: 'changed', pipeline: made.id });
  return { file: after, version: version + 1, warnings, waitingRuns: input.cancelRuns ? 0 : waitingRuns, moved };
}

interface Saved {
  readonly pipeline: PipelineWithStages;
  readonly version: number;
  readonly before: ExportedFile;
  readonly after: ExportedFile;
}

async function recordSave(tx: Tx, { pipeline: { id, name }, version, before, after }: Saved): Promise<void> {
  const changes = listChanges(before, after);
  const count = (code: string) => changes.filter((change) => change.code === code).length;
  const counts = { added: count('added'), changed: count('changed'), removed: count('removed') };
  await record(tx, { kind: 'automation-saved', on: { kind: 'pipeline', id, name }, params: { version, ...counts } });
}

/** Keys that our own answers add to the file. */
const answered = new Set(['version', 'warnings', 'waitingRuns', 'moved', 'author', 'savedAt', 'changes']);

function readFile(input: BoardInput): AutomationFile {
  const { file, problems } = parseAutomationFile(withDefaults(input));
  if (file === null) throw invalid(firstOf(problems));
  const { type, pipeline } = input.address;
  if (file.type === type) return file;
  throw invalid(
    [{ path: 'type', code: 'mismatch', message: `The address says ${type}, the file ${file.type}` }],
    `This file is for ${file.type}, not for ${type} ${pipeline}`,
  );
}

/** A file with more is refused for those that it has. */
const MOST_KEYS = 1_000;

function withDefaults({ raw, address }: BoardInput): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw;
  const said = Object.entries(raw)
    .slice(0, MOST_KEYS)
    .filter(([key]) => !answered.has(key));
  return { type: address.type, pipeline: address.pipeline, ...Object.fromEntries(said) };
}

// The file as it came, since binding reads it again; only the ids are new.
function withIds(input: BoardInput, { triggers, rules }: AutomationFile): unknown {
  const raw = z.looseObject({ triggers: entries, rules: entries }).parse(withDefaults(input));
  const identified = (given: z.output<typeof entries>, parsed: readonly { readonly id?: string | undefined }[]) =>
    given.map((entry, index) => ({ ...entry, id: parsed[index]?.id }));
  return { ...raw, triggers: identified(raw.triggers, triggers), rules: identified(raw.rules, rules) };
}

const entries = z.array(z.record(z.string(), z.unknown())).default([]);

async function getOrMakePipeline(tx: Tx, input: BoardInput, file: AutomationFile): Promise<PipelineWithStages> {
  const found = await findBoardPipeline(tx, input.address);
  if (found !== undefined) {
    checkName(found, file);
    return found;
  }
  const { type } = input.address;
  if (file.stages === undefined) {
    await checkTypeInAddress(tx, type);
    const detail = `There is no ${input.address.type} pipeline "${input.address.pipeline}"; give \`stages\` and it is made`;
    throw new UserError({ status: 404, code: 'not_found', title: 'Not found', detail });
  }
  checkName({ name: input.address.pipeline, id: 0 }, file);
  const id = await insertPipeline(tx, { type, name: file.pipeline });
  // Two who make the same pipeline at the same moment: the second one finds it made.
  if (id === undefined) return getBoardPipeline(tx, input.address);
  await record(tx, { kind: 'pipeline-made', on: { kind: 'pipeline', id, name: file.pipeline }, params: { type } });
  return { id, type, name: file.pipeline, version: 0, stages: [] };
}

function checkName({ name, id }: Pick<PipelineWithStages, 'name' | 'id'>, file: AutomationFile): void {
  if (file.pipeline.toLowerCase() === name.toLowerCase() || file.pipeline === String(id)) return;
  throw invalid([
    { path: 'pipeline', code: 'mismatch', message: `The address says ${name}, the file ${file.pipeline}` },
  ]);
}

interface FileToCheck {
  readonly pipeline: PipelineWithStages;
  readonly version: number;
  readonly file: unknown;
}

async function checkFile(
  tx: Tx,
  { pipeline, version, file }: FileToCheck,
): Promise<{ after: ExportedFile; warnings: LocatedError[] }> {
  const reference = await loadReference(tx);
  const { board, problems } = await bindFile({ pipeline, reference, version, file });
  const connected = (await listEveryChannel(tx)).filter(({ enabled }) => enabled).map(({ kind }) => kind);
  const found = await inPieces(checkBoardInPieces(board, { money: reference.workspace, connected }));
  const errors = [
    ...problems,
    ...found.filter(({ severity }) => severity === 'error'),
    ...(await checkReferences(tx, board, reference)),
  ];
  if (errors.length > 0) throw invalid(firstOf(errors));
  const warnings = firstOf(found.filter(({ severity }) => severity === 'warning'));
  return { after: toFile(board, pipeline.name), warnings };
}

const MOST_TOLD = 100;

/** The first are told: nobody reads thousands, and mending these mends the others. */
function firstOf(problems: readonly Problem[]): LocatedError[] {
  return problems
    .slice(0, MOST_TOLD)
    .map(({ path, code, message, params }) => ({ path: pathText(path), code, message, ...(params && { params }) }));
}

function rulesGone(before: ExportedFile, after: ExportedFile): string[] {
  const on = (file: ExportedFile) => file.rules.filter(({ enabled }) => enabled !== false).map(({ id }) => id);
  const kept = new Set(on(after));
  return on(before).filter((id) => !kept.has(id));
}
