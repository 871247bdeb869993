import type { ExportedFile } from '@signalbox/automation/engine/to-file.ts';
import { type leftStage, stageCode, type stagesBody } from '@signalbox/contract/pipelines.ts';
import type { z } from 'zod';
import { checkStages } from '../../crm/pipelines/check-stages.ts';
import { getPipelineById } from '../../crm/pipelines/get-pipeline.ts';
import { type NewCode, withCodes } from '../../crm/pipelines/stage-codes.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict, UserError } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { lockPipeline } from '../boards/boards.store.ts';
import { type CurrentBoard, checkVersion, readBoard } from '../boards/read-board.ts';
import type { Acting } from '../moves/acting.ts';
import { saveBoard } from './save-board.ts';

export interface StagesInput extends z.output<typeof stagesBody> {
  readonly pipelineId: number;
  /** The board's version that the one who saves had read; null: whatever is there. */
  readonly ifVersion: number | null;
}

/** The stages in their new order, as a new version of the board; who stands on a stage that goes is moved (semantics.md 8.3). */
export async function editStages(
  tx: Tx,
  acting: Acting,
  input: StagesInput,
): Promise<{ moved: number; dropped: number }> {
  const { type } = await getPipelineById(tx, input.pipelineId);
  await lockPipeline(tx, input.pipelineId);
  const before = await readBoard(tx, await getPipelineById(tx, input.pipelineId));
  await checkVersion(tx, input.ifVersion, before);

  const stages = withCodes(
    input.stages,
    before.pipeline.stages.map(({ code }) => code),
  );
  checkNewCodes(input.stages, before);
  checkStages(stages);
  // By map: a stage may have the code of what every object has.
  const left = new Map(Object.entries(input.left));
  checkAutomationLeft(before, { stages, left });
  const file = refill(before.file, { stages, left });
  const saving = saveBoard(tx, acting, {
    address: { type, pipeline: String(input.pipelineId) },
    ...{ raw: file, ifVersion: null, moveTo: moveToOf(left), cancelRuns: false, dryRun: false },
  });
  const { moved } = await saving.catch((error: unknown) => {
    throw inTheWay(error, file);
  });
  const dropped = cardsIn(before.file) - cardsIn(file);
  return { moved, dropped };
}

/** A code that is not there yet is one that people and addresses can write. */
function checkNewCodes(stages: StagesInput['stages'], { pipeline }: CurrentBoard): void {
  const known = new Set(pipeline.stages.map(({ code }) => code));
  const index = stages.findIndex(
    ({ code }) => code !== undefined && !known.has(code) && !stageCode.safeParse(code).success,
  );
  if (index !== -1) throw invalidAt(`stages[${index}].code`, 'format', 'Letters, digits, _ and -, at most 50');
}

const place = /^(triggers|rules)\[(\d+)\]/;

/** Who edits stages does not see the cards: a mistake of one is told with its name, e.g. a rule that moves to the stage that goes. */
function inTheWay(error: unknown, file: ExportedFile): unknown {
  if (!(error instanceof UserError) || !error.errors.some(({ path }) => place.test(path))) return error;
  const errors = error.errors.map((one) => {
    const card = cardAt(file, one.path);
    return card === '' ? one : { ...one, message: `${card}: ${one.message}`, params: { ...one.params, card } };
  });
  return conflict('automation-in-the-way', errors.map(({ message }) => message).join('; '), errors);
}

function cardAt({ triggers, rules }: ExportedFile, path: string): string {
  const [, list, index] = place.exec(path) ?? [];
  const [trigger, rule] = [list === 'triggers' && triggers[Number(index)], list === 'rules' && rules[Number(index)]];
  if (trigger) return `${trigger.name ?? trigger.on} (${trigger.stage})`;
  return rule ? `${rule.name ?? rule.do} (${rule.stage})` : '';
}

interface Edit {
  readonly stages: readonly NewCode[];
  readonly left: ReadonlyMap<string, z.output<typeof leftStage>>;
}

/** What stands on a stage that goes is deleted only if that was said. */
function checkAutomationLeft({ pipeline, file }: CurrentBoard, { stages, left }: Edit): void {
  const unsaid = pipeline.stages.filter(
    ({ code }) => !left.has(code) && stages.every((stage) => stage.code !== code) && cardsOn(file, code) > 0,
  );
  if (unsaid.length === 0) return;
  const errors = unsaid.map(({ code }) => ({
    path: `left.${code}`,
    code: 'has-automation',
    message: `${cardsOn(file, code)} triggers and rules stand on the stage ${code}; say in \`left\` whether they are deleted or moved`,
    params: { stage: code, count: cardsOn(file, code) },
  }));
  throw conflict('stage-has-automation', errors.map(({ message }) => message).join('; '), errors);
}

/** The file on these stages: the cards of those that go are left out, or stand where the items go. */
function refill(file: ExportedFile, { stages, left }: Edit): ExportedFile {
  const stay = <Entry extends { readonly stage: string }>(entries: readonly Entry[]): Entry[] =>
    entries.flatMap((entry) => {
      if (stages.some(({ code }) => code === entry.stage)) return [entry];
      const { automation = 'delete', moveTo } = left.get(entry.stage) ?? {};
      return automation === 'move' && moveTo !== undefined ? [{ ...entry, stage: moveTo }] : [];
    });
  return { ...file, stages, triggers: stay(file.triggers), rules: stay(file.rules) };
}

const cardsIn = ({ triggers, rules }: ExportedFile) => triggers.length + rules.length;
const cardsOn = ({ triggers, rules }: ExportedFile, code: string) =>
  [...triggers, ...rules].filter(({ stage }) => stage === code).length;

function moveToOf(left: Edit['left']): ReadonlyMap<string, string> {
  return new Map([...left].flatMap(([code, { moveTo }]) => (moveTo === undefined ? [] : [[code, moveTo]])));
}
