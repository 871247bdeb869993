import { expect, it } from 'vitest';
import { onlyWorse, unharmed } from './account.ts';
import { besiege } from './besiege.ts';
import type { Victim } from './victim.ts';

let victim: Victim;
besiege((started) => {
  victim = started;
});

it(
  'one person follows events so many times at once and no more, and may again when one has ended',
  onlyWorse,
  async () => {
    const { url, apiKey } = victim.place;
    const open = async () => {
      const aborting = new AbortController();
      const headers = { authorization: `Bearer ${apiKey}` };
      const response = await fetch(`${url}/api/v1/stream`, { headers, signal: aborting.signal });
      // One that nobody holds is closed by whoever collects garbage.
      return { response, status: response.status, end: () => aborting.abort() };
    };
    const { harm, outcome } = await victim.suffer(() => Promise.all(Array.from({ length: 200 }, open)));

    expect(outcome.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(outcome.filter(({ status }) => status === 429)).toHaveLength(180);
    unharmed(harm);

    for (const { end } of outcome) end();
    await expect.poll(async () => (await open()).status).toBe(200);
  },
);

it('what is refused is written down without a stack', () => {
  expect(victim.log()).toContain('a request was refused');
  expect(victim.log()).not.toMatch(/\n\s+at /);
  expect(victim.log()).not.toContain('"stack"');
});
