import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { type FieldError, invalid, UserError } from '../../platform/errors.ts';
import { locateInText, readAutomationText, type TextOwner } from '../boards/read-automation-text.ts';
import type { BoardAddress } from '../boards/read-board.ts';
import type { MoveTo } from './leave-out-stages.ts';
import type { BoardInput, LocatedError, SavedResult } from './save-board.ts';

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
export async function readBoardInput(
  { address, body, query, ifVersion }: ReceivedBoard,
  owner: TextOwner,
): Promise<BoardInput> {
  const { raw, moveTo } = takeMoveTo(typeof body === 'string' ? await readText(body, owner) : body);
  return {
    address: address ?? addressIn(raw),
    raw,
    ...(typeof body === 'string' && { locate: (paths) => locateInText(body, paths, owner) }),
    ifVersion,
    moveTo: query.moveTo ?? moveTo,
    cancelRuns: isYes(query.cancelRuns),
    dryRun: isYes(query.dryRun),
  };
}

/** Adds to each mistake where it stands in the text; those that are thrown are looked for when the transaction is over. */
export async function located<T>({ locate }: BoardInput, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError) || locate === undefined) throw error;
    const { status, code, title, detail } = error;
    throw new UserError({ status, code, title, detail, errors: await withPlaces(error.errors, locate) });
  }
}

export async function withPlaces(
  errors: readonly FieldError[],
  locate: BoardInput['locate'],
): Promise<readonly LocatedError[]> {
  const places = await locate?.(errors.map(({ path }) => path));
  return errors.map((error, index) => ({ ...error, ...places?.[index] }));
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

async function readText(source: string, owner: TextOwner): Promise<unknown> {
  const { value, problems } = await readAutomationText(source, owner);
  if (problems.length === 0) return value;
  throw invalid(problems.map((problem) => ({ path: '', ...problem })));
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
