import { type ImportSettingsBody, type ImportTarget, importSettings } from '@signalbox/contract/imports.ts';
import { exportClients } from '../../crm/clients/export-clients.ts';
import { exportItems } from '../../crm/items/export-items.ts';
import type { Context } from '../../platform/context.ts';
import type { Fixture } from '../../platform/fixtures.ts';
import { importBatch } from './import-batch.ts';
import { findImport, type ImportRow } from './imports.store.ts';
import { startImport } from './start-import.ts';
import { uploadImport } from './upload-import.ts';

interface Wish {
  readonly bytes: Buffer;
  readonly target: ImportTarget;
  readonly settings?: Partial<ImportSettingsBody>;
}

export interface Home {
  readonly context: Context;
  readonly here: Fixture;
}

/** For tests: the whole way of a file in, as guessed but for `settings`. */
export async function bringFileIn({ context, here }: Home, { bytes, target, settings = {} }: Wish): Promise<ImportRow> {
  const { workspaceId, employeeId, inside } = here;
  const now = context.clock.now();
  const id = await inside((tx) => uploadImport(tx, { employeeId, target, fileName: 'x.csv', bytes, now }));
  const { columns, stages } = (await inside((tx) => findImport(tx, id)))?.source ?? { columns: [], stages: [] };
  const guessed = {
    columns: columns.map(({ guess }) => guess),
    stages: Object.fromEntries(stages.map(({ text, guess }) => [text, guess])),
    runRules: false,
  };
  await inside((tx) => startImport(tx, id, { settings: importSettings.parse({ ...guessed, ...settings }), now }));
  while ((await importBatch(context, { workspaceId, importId: id, nextInMs: 0 })) === 'more') {}
  const job = await inside((tx) => findImport(tx, id));
  if (job === undefined) throw new Error('the import is gone');
  return job;
}

/** For tests: the items of a pipeline, or the clients, as the export writes them; oldest first. */
export function exported(
  { context, here: { inside } }: Home,
  of: { readonly type: string; readonly pipeline?: string },
): Promise<string> {
  const now = context.clock.now();
  if (of.type === 'contact' || of.type === 'company') return joined(exportClients(inside, { kind: of.type }));
  return joined(exportItems(inside, { ...of, sort: 'createdAt', now }));
}

async function joined(lines: AsyncIterable<string>): Promise<string> {
  const texts: string[] = [];
  for await (const line of lines) texts.push(line);
  return texts.join('');
}
