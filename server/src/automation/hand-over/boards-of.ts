import type { ExportedFile } from '@signalbox/automation/engine/to-file.ts';
import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { listPipelines } from '../../crm/pipelines/pipelines.store.ts';
import type { Tx } from '../../platform/db.ts';
import { getBoardPipeline, readBoard } from '../boards/read-board.ts';

export interface NamingBoard {
  readonly address: { readonly type: string; readonly pipeline: string };
  readonly name: string;
  readonly file: ExportedFile;
  /** Triggers and rules that name the person. */
  readonly count: number;
}

/** The boards whose triggers or rules name somebody by this address. */
export async function listBoardsNaming(tx: Tx, email: string): Promise<NamingBoard[]> {
  const found: NamingBoard[] = [];
  for (const { id, type, name, version } of await listPipelines(tx)) {
    if (version === 0) continue;
    const address = { type, pipeline: String(id) };
    const { file } = await readBoard(tx, await getBoardPipeline(tx, address));
    const count = [...file.triggers, ...file.rules].filter((entry) => names(entry, email)).length;
    if (count > 0) found.push({ address, name, file, count });
  }
  return found;
}

/** The same triggers and rules with another address in the place of one. */
export function withAddress({ file }: NamingBoard, from: string, to: string): Readonly<Record<string, unknown>> {
  const { triggers, rules } = file;
  return { triggers: replaced(triggers, from, to), rules: replaced(rules, from, to) };
}

const isAddress = (value: unknown, email: string) =>
  typeof value === 'string' && normalEmail(value) === normalEmail(email);

function names(value: unknown, email: string): boolean {
  if (Array.isArray(value)) return value.some((one) => names(one, email));
  return isRecord(value) ? names(Object.values(value), email) : isAddress(value, email);
}

// Who is named twice is named once then.
function replaced(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) {
    const all = value.map((one) => replaced(one, from, to));
    return all.filter((one, index) => typeof one !== 'string' || all.indexOf(one) === index);
  }
  if (!isRecord(value)) return isAddress(value, from) ? to : value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, from, to)]));
}
