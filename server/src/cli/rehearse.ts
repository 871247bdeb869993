import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { type RehearsalResult, type RehearsedItem, rehearsalDays } from '@signalbox/contract/automation/rehearsal.ts';
import { prepareRehearsal, rehearseBoard } from '../automation/rehearsal/rehearse-board.ts';
import type { Context } from '../platform/context.ts';
import { findWorkspace } from './find-workspace.ts';
import { withContext } from './open-context.ts';
import { UsageError } from './usage.ts';

/** `automation rehearse <type> <pipeline>` */
export async function rehearseFile(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      file: { type: 'string' },
      days: { type: 'string', default: '30' },
      json: { type: 'boolean' },
      workspace: { type: 'string' },
    },
  });
  const [type, pipeline] = positionals;
  if (type === undefined || pipeline === undefined || positionals.length > 2)
    throw new UsageError('automation rehearse takes a type and a pipeline');
  const days = rehearsalDays.find((known) => String(known) === values.days);
  if (days === undefined) throw new UsageError(`--days takes ${rehearsalDays.join(', ')}`);
  const yaml = values.file === undefined ? undefined : fs.readFileSync(values.file === '-' ? 0 : values.file, 'utf8');
  const told = await withContext(async (context) => {
    const workspaceId = await findWorkspace(context, values.workspace);
    return tell(context, workspaceId, { address: { type, pipeline }, yaml, days });
  });
  process.stdout.write(values.json ? `${JSON.stringify(told, null, 2)}\n` : inWords(told));
}

interface Told {
  readonly items: readonly RehearsedItem[];
  readonly result: RehearsalResult | null;
}

async function tell(
  context: Context,
  workspaceId: number,
  options: Parameters<typeof prepareRehearsal>[2],
): Promise<Told> {
  const items: RehearsedItem[] = [];
  let result: RehearsalResult | null = null;
  for await (const line of rehearseBoard(context, await prepareRehearsal(context, workspaceId, options))) {
    if ('item' in line) items.push(line.item);
    if ('result' in line) result = line.result;
  }
  return { items, result };
}

function inWords({ items, result }: Told): string {
  if (result === null) return '';
  const { moves, movesBack, touched, recordedMoves, differing, signals, version, doublesTotal } = result;
  const lines = [
    `${version === null ? 'the file' : `version ${version}`}: ${signals} signals, ${moves} moves of ${touched} items, ${movesBack} back`,
    `in truth: ${recordedMoves} moves; ${differing} items go another way`,
    `clients with more than one message in a day: ${doublesTotal}`,
    ...result.leftOut.map(({ path, message }) => `left out: ${path}: ${message}`),
    ...items.map(({ id, title, moves: path, recordedMoves: then }) => {
      const stages = [...path.slice(0, 1).map(({ from }) => from.code), ...path.map(({ to }) => to.code)];
      return `${id} ${title}: ${stages.join(' > ') || 'stays'} (${then} in truth)`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}
