import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { onlyWorse, unharmed } from './account.ts';
import { besiege } from './besiege.ts';
import type { Victim } from './victim.ts';

let victim: Victim;
besiege((started) => {
  victim = started;
});

const MB = 1_048_576;
const drafted = z.object({ id: z.number(), rows: z.number(), columns: z.array(z.object({ guess: z.unknown() })) });

async function upload(text: string): Promise<{ status: number; body: unknown }> {
  const { url, apiKey } = victim.place;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'text/csv' };
  const response = await fetch(`${url}/api/v1/imports?target=deal&name=a.csv`, { method: 'POST', headers, body: text });
  return { status: response.status, body: await response.json() };
}

async function preview(id: number, columns: readonly unknown[]): Promise<number> {
  const { url, apiKey } = victim.place;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ columns, stages: {}, duplicates: 'skip', badCells: 'empty', runRules: false });
  return (await fetch(`${url}/api/v1/imports/${id}/preview`, { method: 'POST', headers, body })).status;
}

const lines = (line: string, count: number) => `${line}\n`.repeat(count);

describe('a table stops nobody', { ...onlyWorse, timeout: 900_000 }, () => {
  it.each([
    ['1.2 million rows', () => `Title,Amount\n${lines('a title,12.50', 1_200_000)}`, [201]],
    [
      'a thousand columns of dates',
      () => lines(Array.from({ length: 1_000 }, () => '01/02/2026').join(','), 1_000),
      [201],
    ],
    ['one cell of thirty megabytes', () => `Title\n"${'word '.repeat(6 * MB)}"\nb\n`, [201, 422]],
    ['a quotation that never ends', () => `Title\n"${'word,'.repeat(6 * MB)}`, [422]],
    ['quotation marks without end', () => `Title\n"${'""'.repeat(15 * MB)}"\n`, [201, 422]],
    ['blanks and quotation marks', () => `Title\n${lines(' "a', MB)}`, [201, 422]],
    ['thirty million commas', () => `Title\n${','.repeat(30 * MB)}\nb\n`, [201, 422]],
    ['thirty million empty lines', () => `Title\na\n${'\n'.repeat(30 * MB)}`, [201]],
    ['numbers that may be anything', () => `Title,When\n${lines('1.234,1.2.26', 1_000_000)}`, [201]],
  ])('%s', async (_, make, statuses) => {
    const text = make();
    const { harm, outcome } = await victim.suffer(async () => {
      const answer = await upload(text);
      const draft = drafted.safeParse(answer.body);
      const guesses = draft.success ? draft.data.columns.map(({ guess }) => guess) : [];
      return { ...answer, previewed: draft.success ? await preview(draft.data.id, guesses) : 0 };
    });
    expect(statuses).toContain(outcome.status);
    if (outcome.status === 201) expect([200, 422]).toContain(outcome.previewed);
    unharmed(harm);
  });
});
