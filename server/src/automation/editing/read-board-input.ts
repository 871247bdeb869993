import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { invalid } from '../../platform/errors.ts';
import { type AutomationText, parseAutomationText } from '../boards/automation-text.ts';
import type { BoardAddress } from '../boards/read-board.ts';
import type { MoveTo } from './leave-out-stages.ts';
import type { BoardInput, SavedResult } from './save-board.ts';

interface ReceivedBoard {
  /** Null: what the file itself says. */
  readonly address: BoardAddress | null;
  /** YAML text, or the file as JSON. */
  readonly body: string | Readonly<Record<string, unknown>>;
  readonly query: {
    readonly dryRun?: string | undefined;
    readonly moveTo?: string | undefined;
    readonly cancelRuns?: string | undefined;
  };
  readonly ifVersion: number | null;
}

/** What is asked for, read from a request; throws UserError with line and column for YAML that can't be read. */
export function readBoardInput({ address, body, query, ifVersion }: ReceivedBoard): BoardInput {
  const text = typeof body === 'string' ? readText(body) : null;
  const { raw, moveTo } = takeMoveTo(text === null ? body : text.value);
  return {
    address: address ?? addressIn(raw),
    raw,
    ...(text === null ? {} : { placeOf: text.placeOf }),
    ifVersion,
    moveTo: query.moveTo ?? moveTo,
    cancelRuns: isYes(query.cancelRuns),
    dryRun: isYes(query.dryRun),
  };
}

/** Saves and takes it back: a check that finds exactly what a save would. */
export async function tryBoard(
  context: Context,
  workspaceId: number,
  save: (tx: Tx) => Promise<SavedResult>,
): Promise<SavedResult> {
  const tried: { result?: SavedResult } = {};
  try {
    await inWorkspace(context.databases.app, workspaceId, async (tx) => {
      tried.result = await save(tx);
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
  if (tried.result === undefined) throw new Error('nothing was tried');
  return tried.result;
}

class TakenBack extends Error {
  override readonly name = 'TakenBack';
}

function readText(source: string): AutomationText {
  const text = parseAutomationText(source);
  if (text.problems.length === 0) return text;
  throw invalid(text.problems.map((problem) => ({ path: '', ...problem })));
}

// The way out of a 409 may also stand in the body: one code, or a code for each stage that is left out.
function takeMoveTo(raw: unknown): { raw: unknown; moveTo: MoveTo } {
  if (!isRecord(raw) || !('moveTo' in raw)) return { raw, moveTo: null };
  const { moveTo, ...file } = raw;
  if (typeof moveTo === 'string') return { raw: file, moveTo };
  return {
    raw: file,
    moveTo: isRecord(moveTo) ? new Map(Object.entries(moveTo).map(([from, to]) => [from, String(to)])) : null,
  };
}

function addressIn(raw: unknown): BoardAddress {
  const { type, pipeline }: Readonly<Record<string, unknown>> = isRecord(raw) ? raw : {};
  return { type: typeof type === 'string' ? type : '', pipeline: typeof pipeline === 'string' ? pipeline : '' };
}

function isYes(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}
