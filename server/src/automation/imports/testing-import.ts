import { type ImportSettingsBody, type ImportTarget, importSettings } from '@signalbox/contract/imports.ts';
import { exportClients } from '../../crm/clients/export-clients.ts';
import { parseCsv } from '../../crm/csv/parse-csv.ts';
import { exportItems } from '../../crm/items/export-items.ts';
import type { Context } from '../../platform/context.ts';
import type { Fixture } from '../../platform/fixtures.ts';
import { importBatch } from './import-batch.ts';
import { findImport, type ImportRow } from './job/imports.store.ts';
import { startImport } from './start-import.ts';
import { insertDraft, prepareUpload, type Upload } from './upload-import.ts';

interface Wish {
  readonly bytes: Buffer;
  readonly target: ImportTarget;
  readonly settings?: Partial<ImportSettingsBody>;
  /** By header, against the guess: what the column becomes. */
  readonly map?: Readonly<Record<string, string>> | undefined;
}

export interface Home {
  readonly context: Context;
  readonly here: Fixture;
}

/** For tests: a draft of a file, read outside any transaction. */
export async function uploadImport({ inside }: Pick<Fixture, 'inside'>, upload: Upload): Promise<number> {
  const read = await inside((tx) => prepareUpload(tx, upload));
  const table = await read();
  return inside((tx) => insertDraft(tx, upload, table));
}

/** For tests: the whole way of a file in, as guessed but for `settings`. */
export async function bringFileIn(
  { context, here }: Home,
  { bytes, target, settings = {}, map = {} }: Wish,
): Promise<ImportRow> {
  const { workspaceId, employeeId, inside } = here;
  const now = context.clock.now();
  const id = await uploadImport(here, { employeeId, target, fileName: 'x.csv', bytes, now });
  const { columns, stages } = (await inside((tx) => findImport(tx, id)))?.source ?? { columns: [], stages: [] };
  const guessed = {
    columns: columns.map(({ header, guess }) => ({ ...guess, to: map[header] ?? guess.to })),
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

async function joined(pages: AsyncIterable<readonly string[]>): Promise<string> {
  const texts: string[] = [];
  for await (const lines of pages) texts.push(...lines);
  return texts.join('');
}

/** For tests: the rows of an export by header, without the columns that say where a row was. */
export function rowsOf(text: string): Record<string, string>[] {
  const [header, ...rows] = parseCsv(text, ',').records.map(({ cells }) => cells);
  const ofPlace = new Set(['pipeline', 'itemId', 'clientId']);
  return rows.map((cells) =>
    Object.fromEntries(
      cells.flatMap((cell, index) => (ofPlace.has(header?.[index] ?? '') ? [] : [[header?.[index], cell]])),
    ),
  );
}

type Rows = Record<string, string>[];

interface Journey {
  readonly kinds: readonly ImportTarget[];
  readonly away: Home;
  readonly times: number;
}

/** For tests: exports, brings the files into another workspace so many times, and exports that. */
export async function throughAnother(home: Home, { kinds, away, times }: Journey) {
  const files = await exportAll(home, kinds);
  const [one] = rowsOf(files.at(-1) ?? '');
  // The people have to be there first.
  await away.here.inside((tx) =>
    tx
      .updateTable('employees')
      .set({ email: one?.responsible ?? '' })
      .where('workspace_id', '=', away.here.workspaceId)
      .execute(),
  );
  const results: ImportRow['results'][] = [];
  for (let time = 0; time < times; time += 1) {
    for (const [index, target] of kinds.entries()) {
      const job = await bringFileIn(away, { bytes: Buffer.from(files[index] ?? ''), target });
      results.push(job.results);
    }
  }
  const after: Rows[] = (await exportAll(away, kinds)).map(rowsOf);
  return { before: files.map(rowsOf), after, results };
}

/** For tests: the first cells that are not the same, since the difference of thousands of rows is nothing to read. */
export function differences(before: Rows, after: Rows): unknown[] {
  const cells = Array.from({ length: Math.max(before.length, after.length) }, (_, row) => {
    const [old = {}, now = {}] = [before[row], after[row]];
    const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return names.flatMap((name) =>
      old[name] === now[name] ? [] : [{ row, name, before: old[name], after: now[name] }],
    );
  });
  return cells.flat().slice(0, 10);
}

async function exportAll(home: Home, kinds: readonly ImportTarget[]): Promise<string[]> {
  const files: string[] = [];
  for (const type of kinds) files.push(await exported(home, { type }));
  return files;
}
