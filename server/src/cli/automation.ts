import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { printAutomationText } from '../automation/boards/automation-text.ts';
import { getBoardPipeline, readBoard } from '../automation/boards/read-board.ts';
import { located, readBoardInput, tryBoard, withPlaces } from '../automation/editing/read-board-input.ts';
import { type LocatedError, type SavedResult, saveBoard } from '../automation/editing/save-board.ts';
import { command, sign } from '../platform/author.ts';
import type { Context } from '../platform/context.ts';
import { inWorkspace } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { findWorkspace } from './find-workspace.ts';
import { withContext } from './open-context.ts';
import { UsageError } from './usage.ts';

const workspace = { type: 'string' } as const;

/** `automation export <type> <pipeline>` */
export async function exportBoard(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, workspace },
  });
  const [type, pipeline] = positionals;
  if (type === undefined || pipeline === undefined || positionals.length > 2)
    throw new UsageError('automation export takes a type and a pipeline');
  const { file } = await withContext(async (context) => {
    const workspaceId = await findWorkspace(context, values.workspace);
    return inWorkspace(context.databases.app, workspaceId, async (tx) =>
      readBoard(tx, await getBoardPipeline(tx, { type, pipeline })),
    );
  });
  const text = printAutomationText(file);
  if (values.out === undefined) process.stdout.write(text);
  else fs.writeFileSync(values.out, text);
}

/** `automation check <file>…` */
export async function checkFiles(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { workspace } });
  await eachFile(positionals, values.workspace, { dryRun: '1' });
}

/** `automation apply <file>…` */
export async function applyFiles(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      workspace,
      'dry-run': { type: 'boolean' },
      'move-to': { type: 'string' },
      'cancel-runs': { type: 'boolean' },
      'if-version': { type: 'string' },
    },
  });
  const options = {
    dryRun: values['dry-run'] ? '1' : '0',
    moveTo: values['move-to'],
    cancelRuns: values['cancel-runs'] ? '1' : '0',
  };
  await eachFile(positionals, values.workspace, { ...options, ifVersion: versionOf(values['if-version']) });
}

interface Options {
  readonly dryRun: string;
  readonly moveTo?: string | undefined;
  readonly cancelRuns?: string;
  readonly ifVersion?: number | null;
}

/** Every file is tried, so that one run shows all mistakes; refused ones end with exit code 1. */
async function eachFile(files: readonly string[], workspaceRef: string | undefined, options: Options): Promise<void> {
  if (files.length === 0) throw new UsageError('Give at least one file; - reads the standard input');
  const refused = await withContext(async (context) => {
    const workspaceId = await findWorkspace(context, workspaceRef);
    let count = 0;
    for (const file of files) count += (await putFile(context, workspaceId, { file, options })) ? 0 : 1;
    return count;
  });
  if (refused > 0) process.exitCode = 1;
}

async function putFile(
  context: Context,
  workspaceId: number,
  { file, options }: { readonly file: string; readonly options: Options },
): Promise<boolean> {
  try {
    const received = { address: null, body: readSource(file), query: options, ifVersion: options.ifVersion ?? null };
    const board = await readBoardInput(received, { workspaceId, employeeId: null });
    const acting = { workspaceId, byId: null, chain: null, now: context.clock.now() };
    const saved = await located(board, () =>
      board.dryRun
        ? tryBoard(context, workspaceId, (tx) => saveBoard(tx, acting, board))
        : inWorkspace(context.databases.app, workspaceId, (tx) => {
            sign(tx, command);
            return saveBoard(tx, acting, board);
          }),
    );
    const warnings = await withPlaces(saved.warnings, board.locate);
    report(file, { ...saved, warnings }, board.dryRun);
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const errors: readonly LocatedError[] =
      error.errors.length > 0 ? error.errors : [{ path: '', code: error.code, message: error.message }];
    for (const one of errors) process.stderr.write(`${lineOf(file, one)}\n`);
    return false;
  }
}

function report(
  file: string,
  { file: saved, version, warnings, waitingRuns, moved }: SavedResult,
  dryRun: boolean,
): void {
  for (const warning of warnings) process.stderr.write(`${lineOf(file, warning)} (warning)\n`);
  const more = [
    ...(waitingRuns > 0 ? [`${waitingRuns} runs of rules that are gone or off go on`] : []),
    ...(moved > 0 ? [`${moved} items moved`] : []),
  ];
  const what = dryRun ? 'can be applied' : `is version ${version}`;
  process.stdout.write(
    `${file}: ${saved.type} "${saved.pipeline}" ${what}${more.map((text) => `; ${text}`).join('')}\n`,
  );
}

/** `board.yaml:6:5: rules[0].colour: Unknown key "colour" [unknown-key]`, as editors understand it. */
function lineOf(file: string, { path, line, column, code, message }: LocatedError): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${place}: ${path === '' ? '' : `${path}: `}${message} [${code}]`;
}

function readSource(file: string): string {
  try {
    return fs.readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new UserError({ status: 400, code: 'unreadable', title: 'Unreadable', detail });
  }
}

function versionOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d+$/.test(text)) throw new UsageError('--if-version takes a number');
  return Number(text);
}
