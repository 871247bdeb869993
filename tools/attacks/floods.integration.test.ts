import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inSystem } from '../../server/src/platform/db.ts';
import type { TestDatabase } from '../../server/src/platform/testing.ts';
import { call } from '../outside/client.ts';
import { onlyWorse, unharmed } from './account.ts';
import { besiege } from './besiege.ts';
import type { Victim } from './victim.ts';

let victim: Victim;
let database: TestDatabase;
besiege((started, its) => {
  victim = started;
  database = its;
});

const made = z.object({ id: z.number() });
const mails = z.object({ data: z.array(z.object({ subject: z.string().nullish(), html: z.string().nullish() })) });
const letter = z.object({ openCount: z.number(), clickCount: z.number(), events: z.array(z.unknown()) });
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36';
let written = 0;

interface Tracked {
  readonly item: number;
  readonly email: number;
  readonly pixel: string;
  readonly links: readonly string[];
}

/** A letter of ours as its reader has it. */
async function write(): Promise<Tracked> {
  const { place } = victim;
  written += 1;
  const subject = `Offer ${written}`;
  const contact = { name: 'Eve', emails: [`eve${written}@evil.test`] };
  const { id: contactId } = made.parse(await call(place, 'POST', '/contacts', contact));
  const deal = { type: 'deal', title: subject, contact: contactId };
  const { id: item } = made.parse(await call(place, 'POST', '/items', deal));
  const html = [1, 2, 3].map((n) => `<a href="https://shop.test/${n}">${n}</a>`).join(' ');
  const { id: email } = made.parse(await call(place, 'POST', `/items/${item}/emails`, { subject, html }));
  const find = async () =>
    mails.parse(await call(place, 'GET', '/sandbox/mail?limit=50')).data.find((one) => one.subject === subject);
  await expect.poll(find).toBeDefined();
  const body = (await find())?.html ?? '';
  const pixel = /\/t\/o\/[\w.-]+\.gif/.exec(body)?.[0] ?? '';
  return { item, email, pixel, links: [...body.matchAll(/\/t\/c\/[\w.-]+/g)].map(([path]) => path) };
}

const visit = async (path: string, headers: Readonly<Record<string, string>> = { 'user-agent': chrome }) =>
  (await fetch(`${victim.place.url}${path}`, { headers, redirect: 'manual' })).status;

/** So many requests, so many of them at the same time; answers how often each status came. */
async function flood(count: number, atOnce: number, one: (n: number) => Promise<number>): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  let next = 0;
  const go = async () => {
    while (next < count) {
      next += 1;
      const status = await one(next);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, go));
  return statuses;
}

/** Opens that were recorded one by one, before they were folded. */
async function rememberOpens({ email }: Tracked, count: number): Promise<void> {
  await inSystem(database.system, async (tx) => {
    await sql`
      insert into email_events (workspace_id, email_id, kind, at, user_agent, ip, machine, counted, evidence)
      select e.workspace_id, e.id, 'open', now() - interval '1 hour' + n * interval '1 ms', ${chrome}, '203.0.113.9', false, true,
        '[{"what":"agent-mail-client","weight":0,"detail":"Mozilla/5.0 (Windows NT 10.0; Win64; x64)"}]'
      from emails e, generate_series(1, ${count}::int) n where e.id = ${email}`.execute(tx);
    await sql`update emails set open_count = ${count}, first_opened_at = now() - interval '1 hour' where id = ${email}`.execute(
      tx,
    );
  });
}

const show = async ({ item }: Tracked) => {
  const { url, apiKey } = victim.place;
  const response = await fetch(`${url}/api/v1/items/${item}/emails`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const text = await response.text();
  const [first] = z.object({ data: z.array(letter) }).parse(JSON.parse(text)).data;
  return { bytes: text.length, openCount: first?.openCount, events: first?.events.length ?? 0 };
};

describe('a flood of opens and clicks', onlyWorse, () => {
  it('a further open of a letter that was opened 50,000 times costs what the first cost', async () => {
    const [old, young] = [await write(), await write()];
    await rememberOpens(old, 50_000);
    const time = async ({ pixel }: Tracked) => {
      const took: number[] = [];
      for (let times = 0; times < 20; times += 1) {
        const began = performance.now();
        expect(await visit(pixel)).toBe(200);
        took.push(performance.now() - began);
      }
      return took.toSorted((a, b) => a - b)[10] ?? 0;
    };
    const { harm, outcome } = await victim.suffer(async () => ({ few: await time(young), many: await time(old) }));
    const card = await show(old);
    console.info('a further open, ms:', outcome, 'the card:', card);
    expect(card.openCount).toBe(50_020);
    expect(card.events).toBeLessThanOrEqual(100);
    expect(card.bytes).toBeLessThan(100_000);
    unharmed(harm);
  });

  it.each([
    ['opens of one letter by one visitor', (one: Tracked) => () => visit(one.pixel), 200],
    [
      'opens by a visitor under ever new names',
      (one: Tracked) => (n: number) => visit(one.pixel, { 'user-agent': `${chrome} v${n}` }),
      200,
    ],
    ['clicks on all its links', (one: Tracked) => (n: number) => visit(one.links[n % 3] ?? ''), 302],
    ['opens by a robot', (one: Tracked) => () => visit(one.pixel, { 'user-agent': 'curl/8.1' }), 200],
  ])('%s', async (_, of, status) => {
    const one = await write();
    const { harm, outcome } = await victim.suffer(() => flood(5_000, 100, of(one)));
    expect([...outcome]).toEqual([[status, 5_000]]);
    const card = await show(one);
    expect(card.events).toBeLessThanOrEqual(100);
    expect(card.bytes).toBeLessThan(150_000);
    unharmed(harm);
  });

  it('of thousands of forged links leads nowhere', async () => {
    const { harm, outcome } = await victim.suffer(() =>
      flood(5_000, 100, (n) => visit(`/t/c/c.1.${n}.0-AAAAAAAAAAAAAAAAAAAAAA`)),
    );
    expect([...outcome]).toEqual([[404, 5_000]]);
    unharmed(harm);
  });
});
