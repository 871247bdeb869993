import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCsv } from '../../crm/csv/parse-csv.ts';
import { rootFolder } from '../../platform/config/config.ts';
import { makeFixture } from '../../platform/fixtures.ts';
import { engineBench } from '../drain/testing-drain.ts';
import { bringFileIn, differences, type Home, throughAnother } from './testing-import.ts';

const folder = path.join(process.env.CORPUS_DIR ?? path.resolve(rootFolder, '../shared/data'), 'crm-pipelines');
const missing = !fs.existsSync(folder);
const bench = engineBench();

interface Export {
  readonly file: string;
  readonly target: string;
  readonly rows: number;
  readonly results: Readonly<Record<string, number>>;
  readonly reasons?: Readonly<Record<string, number>>;
  readonly map?: Readonly<Record<string, string>>;
}

/** In the order in which somebody brings them in, and what becomes of the rows. */
const programs: Readonly<Record<string, readonly Export[]>> = {
  school: [
    {
      ...{ file: 'school-crm/contacts.csv', target: 'contact', rows: 11_246 },
      ...{ results: { created: 11_246 }, reasons: { 'unknown-person': 11_246 } },
    },
    {
      ...{ file: 'school-crm/deals.csv', target: 'deal', rows: 13_075, map: { 'Offer Total Amount': 'amount' } },
      ...{ results: { created: 13_075 }, reasons: { 'unknown-person': 13_055, 'unknown-contact': 1 } },
    },
  ],
  leads: [{ file: 'xeducation-leads/leads.csv', target: 'lead', rows: 5_547, results: { created: 5_547 } }],
  companies: [
    { file: 'maven-crm/accounts.csv', target: 'company', rows: 51, results: { created: 51 } },
    {
      ...{ file: 'maven-crm/sales_pipeline.csv', target: 'deal', rows: 5_387 },
      ...{ results: { created: 5_387 }, reasons: { 'unknown-person': 5_387 } },
    },
  ],
};

describe.skipIf(missing)(missing ? 'skipped: no corpus' : 'real files of other programs', () => {
  test.each(Object.entries(programs))(
    '%s: every row is in or told why not; the export gives all back',
    async (_, files) => {
      const [home, away] = [await place(), await place()];
      for (const { file, target, rows, results, reasons = {}, map } of files) {
        const bytes = fs.readFileSync(path.join(folder, file));
        const job = await bringFileIn(home, { bytes, target, map });
        expect(job).toMatchObject({ state: 'done', rowCount: rows, results, reasons });
        expect(parseCsv(bytes.toString(), ',').records).toHaveLength(rows + 1);
      }
      const kinds = ['company', 'contact', files.at(-1)?.target ?? ''].filter((kind) =>
        files.some(({ target }) => target === kind),
      );
      const { before, after, results } = await throughAnother(home, { kinds, away, times: 1 });
      // No client was made that the files do not hold.
      expect(before.map(({ length }) => length)).toEqual(files.map(({ rows }) => rows));
      expect(results).toEqual(before.map(({ length }) => ({ created: length })));
      expect(before.map((rows, index) => differences(rows, after[index] ?? []))).toEqual(before.map(() => []));
    },
    1_800_000,
  );
});

async function place(): Promise<Home> {
  const here = await makeFixture(bench.database());
  await here.addPipeline({ type: 'lead', name: 'Leads' });
  return { context: bench.context(), here };
}
