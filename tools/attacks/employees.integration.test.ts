import nodemailer from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call } from '../outside/client.ts';
import { onlyWorse, unharmed } from './account.ts';
import { besiege } from './besiege.ts';
import { post } from './requests.ts';
import type { Victim } from './victim.ts';

let victim: Victim;
besiege((started) => {
  victim = started;
});

// The goal is 100; a letter of a megabyte is put together for its way on the main thread, and the first of an attack is cold (docs/security.md).
const MOST_MS = 200;

const made = z.object({ id: z.number() });
const list = <T>(count: number, one: (n: number) => T) => Array.from({ length: count }, (_, n) => one(n));

async function ask(method: string, path: string, body?: unknown, type = 'application/json'): Promise<number> {
  const { url, apiKey } = victim.place;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': type };
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${url}/api/v1${path}`, { method, headers, ...(text !== undefined && { body: text }) });
  await response.arrayBuffer();
  return response.status;
}

const stages = [
  { code: 'A', name: 'A', kind: 'open' },
  { code: 'B', name: 'B', kind: 'open' },
  { code: 'WON', name: 'Won', kind: 'won' },
  { code: 'LOST', name: 'Lost', kind: 'lost' },
];
const board = (more: object) => ({ type: 'deal', pipeline: 'Siege', stages, ...more });
const nines = (name: string) => `[${list(9, () => name).join(', ')}]`;
const comment = (text: string) => ({ do: 'alerts/comment', stage: 'A', settings: { text } });
const hook = (n: number, more: object = {}) => ({
  on: 'apps/webhook',
  stage: 'B',
  settings: { code: `c${n}` },
  ...more,
});
const matching = (field: string, value: string) => ({ field, is: 'matches', value });

describe('an automation file stops nobody', onlyWorse, () => {
  const yaml = (text: string) => ({ yaml: text });
  it.each<[string, () => object]>([
    ['30,000 keys', () => yaml(`type: deal\npipeline: Siege\n${list(30_000, (n) => `key${n}: 1`).join('\n')}`)],
    [
      '30,000 keys of a trigger',
      () => yaml(`type: deal\npipeline: Siege\ntriggers:\n  - ${list(30_000, (n) => `key${n}: 1`).join('\n    ')}`),
    ],
    ['lists in lists', () => yaml('['.repeat(900_000))],
    [
      'anchors of anchors',
      () => yaml(`a: &a ${nines('x')}\nb: &b ${nines('*a')}\nc: &c ${nines('*b')}\nd: ${nines('*c')}`),
    ],
    ['a text that never ends', () => yaml(`a: "${'\\\n'.repeat(900_000)}`)],
    ['mistakes without end', () => yaml('\t- [}\n'.repeat(300_000))],
    ['two hundred thousand scalars', () => yaml(`a: [${'1,'.repeat(900_000)}1]`)],
    ['30,000 keys as JSON', () => ({ file: board(Object.fromEntries(list(30_000, (n) => [`key${n}`, 1]))) })],
    [
      '3,000 entries that are nothing',
      () => ({
        file: board({
          triggers: list(1_000, () => ({ on: 'x', stage: 'x', y: 1 })),
          rules: list(2_000, () => ({ do: 'x', stage: 'x' })),
        }),
      }),
    ],
    [
      'as many as a board may have',
      () => ({
        file: board({ triggers: list(1_000, (n) => hook(n)), rules: list(2_000, () => comment('{{ item.title }}')) }),
      }),
    ],
    [
      'all of them alike',
      () => ({
        file: board({
          triggers: list(1_000, () => hook(1, { when: { field: 'amount', is: 'greater', value: 1 } })),
          rules: list(2_000, () => comment('Hi')),
        }),
      }),
    ],
    [
      'names without end',
      () => ({ file: board({ rules: list(2_000, () => comment('{{ item.title }}'.repeat(45))) }) }),
    ],
    [
      'rules in one long chain',
      () => ({
        file: board({ rules: list(2_000, (n) => ({ id: `r${n}`, order: 'after previous', ...comment('Hi') })) }),
      }),
    ],
    [
      'patterns without end',
      () => ({
        file: board({
          triggers: list(60, (n) => hook(n, { when: { all: list(400, (m) => matching('title', `(a?){90}${m}`)) } })),
        }),
      }),
    ],
    [
      'patterns that are large to read',
      () => ({
        file: board({ triggers: list(800, (n) => hook(n, { when: matching('title', 'x{1000}'.repeat(100)) })) }),
      }),
    ],
  ])('%s', async (_, make) => {
    const body = make();
    const { harm, outcome } = await victim.suffer(() => ask('POST', '/automation/check', body));
    expect([200, 413]).toContain(outcome);
    unharmed(harm, MOST_MS);
  });
});

let codes = 0;
/** What is tried again begins anew. */
const freshCode = (name: string) => {
  codes += 1;
  return `${name}${codes}`;
};

describe('patterns stop nobody', onlyWorse, () => {
  const worst = ['(a|b)*a(a|b){200}c', 'a.{300}c', '(a?){200}\\b$', '([\\p{L}\\p{N}]{1,9}){30}!'];

  it('in a filter of a list', async () => {
    const { place } = victim;
    const field = freshCode('long');
    await call(place, 'POST', '/fields', { type: 'deal', code: field, name: field, kind: 'text' });
    for (let n = 0; n < 60; n += 1) {
      const long = list(20_000, (m) => ((m * 7_919 + n) % 3 === 0 ? 'a' : 'b')).join('');
      await call(place, 'POST', '/items', { type: 'deal', title: `Long ${n}`, fields: { [field]: long } });
    }
    const { harm, outcome } = await victim.suffer(() =>
      Promise.all(
        list(12, (n) => {
          const filter = { any: list(4, (m) => matching(field, worst[(n + m) % worst.length] ?? '')) };
          return ask('GET', `/items?type=deal&limit=200&filter=${encodeURIComponent(JSON.stringify(filter))}`);
        }),
      ),
    );
    expect(new Set(outcome)).toEqual(new Set([200]));
    unharmed(harm, MOST_MS);
  });

  const letters = (n: number) => `v${n.toString(36)}`;
  const long = (n: number) => `${'Zażółć '.repeat(2_800)}${n}`;
  it.each<[string, { kind: string; multiple?: boolean }, (n: number) => unknown, (field: string) => object]>([
    ['a thousand pieces', { kind: 'text' }, long, (field) => ({ field, is: 'contains', value: list(700, letters) })],
    [
      'hundreds of parts',
      { kind: 'text' },
      long,
      (field) => ({ any: list(120, (n) => ({ field, is: 'contains', value: letters(n) })) }),
    ],
    [
      'a thousand values of thousands',
      { kind: 'text', multiple: true },
      (n) => list(3_000, (m) => `w${m}-${n}`),
      (field) => ({ field, is: 'in', value: list(700, letters) }),
    ],
    [
      'patterns for thousands of values',
      { kind: 'text', multiple: true },
      (n) => list(3_000, (m) => `${'c'.repeat(90)}${m}-${n}`),
      (field) => ({ any: list(5, (n) => matching(field, `(a?){90}${n}`)) }),
    ],
    [
      'sets of letters without end',
      { kind: 'text' },
      (n) => `${'ą'.repeat(20)}${n}`,
      (field) => ({ any: list(3, (n) => matching(field, `${'\\P{L}'.repeat(14)}${n}`)) }),
    ],
  ])('in a filter of %s', async (name, kind, make, filterOf) => {
    const { place } = victim;
    const type = 'quote';
    // A field of its own: the items of the one before have nothing in it.
    const code = freshCode(name.replace(/ [a-z]/g, (letters) => letters.slice(1).toUpperCase()));
    await call(place, 'POST', '/fields', { type, code, name: code, ...kind });
    for (let n = 0; n < 40; n += 1)
      await call(place, 'POST', '/items', { type, title: `Many ${n}`, fields: { [code]: make(n) } });
    const filter = encodeURIComponent(JSON.stringify(filterOf(code)));
    const query = `/items?type=${type}&limit=200&filter=${filter}`;
    const { harm, outcome } = await victim.suffer(() => Promise.all(list(6, () => ask('GET', query))));
    expect(new Set(outcome)).toEqual(new Set([200]));
    unharmed(harm, MOST_MS);
  });

  it('in the conditions of a board that letters are held against', async () => {
    const { place } = victim;
    const triggers = list(40, (n) => ({
      on: 'email/received',
      stage: 'B',
      when: matching('signal.text', `${worst[n % worst.length]}${n}`),
    }));
    const saved = await ask('PUT', '/automation/deal/Siege', board({ triggers }));
    expect([200, 422]).toContain(saved);
    if (saved === 422)
      expect(await ask('PUT', '/automation/deal/Siege', board({ triggers: triggers.slice(0, 6) }))).toBe(200);
    const { id: contact } = made.parse(
      await call(place, 'POST', '/contacts', { name: 'Eve', emails: ['eve@evil.test'] }),
    );
    await call(place, 'POST', '/items', { type: 'deal', pipeline: 'Siege', title: 'Held', contact });
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: place.smtpPort, ignoreTLS: true });
    const { harm } = await victim.suffer(async () => {
      for (let n = 0; n < 10; n += 1) {
        const text = list(20_000, (m) => ((m * 31 + n) % 5 < 2 ? 'a' : 'b')).join('');
        await transport.sendMail({ from: 'eve@evil.test', to: 'sales@sandbox.test', subject: `A ${n}`, text });
      }
    });
    transport.close();
    unharmed(harm, MOST_MS);
  });
});

describe('texts stop nobody', onlyWorse, () => {
  it.each([
    ['a loop of a million', '{% for i in (1..1000000) %}{% endfor %}'],
    ['loops in loops', '{% for i in (1..1000) %}{% for j in (1..1000) %}{{ j }}{% endfor %}{% endfor %}'],
    [
      'a text that doubles',
      '{% assign a = item.title %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}',
    ],
    [
      'a list that is sorted again and again',
      '{% for i in (1..900) %}{% assign a = "b a c d e f g" | split: "" | sort | join: "" %}{% endfor %}',
    ],
    ['dates without end', '{% for i in (1..100000) %}{{ item.createdAt | date: "%A %d %B %Y" }}{% endfor %}'],
    ['a thousand names', '{{ item.title }}'.repeat(1_000)],
  ])('%s', async (_, text) => {
    const { place } = victim;
    const { id: item } = made.parse(await call(place, 'POST', '/items', { type: 'deal', title: 'A title' }));
    const { harm, outcome } = await victim.suffer(async () => {
      const statuses = [];
      for (let n = 0; n < 10; n += 1)
        statuses.push(await ask('POST', '/templates/preview', { item, text, as: 'text' }));
      return statuses;
    });
    for (const status of outcome) expect([200, 422]).toContain(status);
    unharmed(harm, MOST_MS);
  });
});

describe('letters that are written here stop nobody', onlyWorse, () => {
  it.each([
    ['lists in lists', '<ul><li>'.repeat(110_000)],
    ['numbered lists', '<ol><li>x'.repeat(100_000)],
    ['paragraphs', '<p>words words</p>'.repeat(55_000)],
    ['tables in tables', '<table><tr><td>'.repeat(60_000)],
    ['links', '<a href="https://x.test/?a=1&amp;b=2">x</a>'.repeat(22_000)],
  ])('%s', async (_, html) => {
    const { place } = victim;
    const { id: contact } = made.parse(
      await call(place, 'POST', '/contacts', { name: 'Ida', emails: ['ida@evil.test'] }),
    );
    const { id: item } = made.parse(await call(place, 'POST', '/items', { type: 'deal', title: 'Html', contact }));
    const { harm, outcome } = await victim.suffer(() =>
      ask('POST', `/items/${item}/emails`, { subject: 'Long', html }),
    );
    expect(outcome).toBe(201);
    unharmed(harm, MOST_MS);
  });

  it('a card with thirty letters of a megabyte is shown page by page', async () => {
    const { place } = victim;
    const { id: contact } = made.parse(
      await call(place, 'POST', '/contacts', { name: 'Ugo', emails: ['ugo@evil.test'] }),
    );
    const { id: item } = made.parse(await call(place, 'POST', '/items', { type: 'deal', title: 'Card', contact }));
    for (let n = 0; n < 30; n += 1) {
      const html = `<p>${'words '.repeat(160_000)}</p>`;
      expect(await ask('POST', `/items/${item}/emails`, { subject: `Long ${n}`, html, text: 'Long.' })).toBe(201);
    }
    const paged = z.object({ data: z.array(made), nextCursor: z.string().nullable() });
    const { harm, outcome } = await victim.suffer(async () => {
      const ids: number[] = [];
      let largest = 0;
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = paged.parse(
          await call(place, 'GET', `/items/${item}/emails?limit=200${cursor && `&cursor=${cursor}`}`),
        );
        ids.push(...page.data.map(({ id }) => id));
        largest = Math.max(largest, page.data.length);
        cursor = page.nextCursor;
      }
      return { ids, largest };
    });
    expect(new Set(outcome.ids).size).toBe(30);
    expect(outcome.largest).toBeLessThan(5);
    unharmed(harm, MOST_MS);
  });
});

it('what is refused by the hundred is written down by the dozen', async () => {
  const body = `[${'{},'.repeat(100_000)}{}]`;
  const headers = { authorization: `Bearer ${victim.place.apiKey}` };
  for (let n = 0; n < 200; n += 1) await post(victim.place, { path: '/api/v1/signals', headers, body });
  const lines = victim
    .log()
    .split('\n')
    .filter((line) => line.includes('a request was refused'));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.length).toBeLessThanOrEqual(130);
});
