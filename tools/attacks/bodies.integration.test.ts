import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { onlyWorse, unharmed } from './account.ts';
import { besiege } from './besiege.ts';
import { begin, post } from './requests.ts';
import type { Victim } from './victim.ts';

let victim: Victim;
besiege((started) => {
  victim = started;
});

const MB = 1_048_576;
const objects = (bytes: number) => `[${'{},'.repeat(bytes / 3)}{}]`;
const deep = (bytes: number) => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2);
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('whoever is not known is refused before anything of the body is read', onlyWorse, () => {
  it.each([
    ['objects to a door of employees', '/api/v1/items/1/emails', objects(30 * MB), 401],
    ['lists in lists to a door of employees', '/api/v1/items/1/emails', deep(30 * MB), 401],
    ['objects with a wrong key', '/api/v1/signals', objects(8 * MB), 401],
    ['objects to an address that does not exist', '/api/v1/nowhere', objects(1 * MB), 404],
    ['objects with a wrong secret to /rest', '/rest/1/wrong-secret/crm.deal.add', objects(10 * MB), 403],
    ['objects where everybody signs in', '/api/v1/session', objects(1 * MB), 413],
    ['texts where everybody signs in', '/api/v1/session', JSON.stringify('x'.repeat(MB)), 413],
    ['a table to a door of employees', '/api/v1/imports', 'a,b\n'.repeat(8 * MB), 401],
  ])('%s', async (name, path, body, status) => {
    const headers = {
      ...(/wrong key/.test(name) && bearer('wrong')),
      ...(/table/.test(name) && { 'content-type': 'text/csv' }),
    };
    const { harm, outcome } = await victim.suffer(async () => {
      const statuses = [];
      for (let times = 0; times < 3; times += 1) statuses.push(await post(victim.place, { path, headers, body }));
      return statuses;
    });
    expect(outcome).toEqual([status, status, status]);
    unharmed(harm);
  });
});

describe('whoever is known is refused as soon as there is too much', onlyWorse, () => {
  it.each([
    ['objects', objects(30 * MB), 413],
    ['lists in lists', deep(30 * MB), 400],
    ['blanks', ' '.repeat(29 * MB), 413],
    ['numbers', `[${'1,'.repeat(14 * MB)}1]`, 413],
    ['backslashes', `"${'\\\\'.repeat(14 * MB)}"`, 413],
    ['quotation marks', `[${'"",'.repeat(9 * MB)}""]`, 413],
  ])('%s', async (_, body, status) => {
    const { harm, outcome } = await victim.suffer(() =>
      post(victim.place, { path: '/api/v1/items/1/emails', headers: bearer(victim.place.apiKey), body }),
    );
    expect(outcome).toBe(status);
    unharmed(harm);
  });
});

describe('bodies that never end', onlyWorse, () => {
  const part = Buffer.from(`{"subject":"${'x'.repeat(20 * MB)}`);
  const headers = { 'content-length': String(29 * MB) };

  it('of strangers are not waited for', async () => {
    const { harm, outcome } = await victim.suffer(async () => {
      const begun = Array.from({ length: 30 }, () =>
        begin(victim.place, { path: '/api/v1/items/1/emails', headers, body: part }),
      );
      const statuses = await Promise.all(begun.map(({ status }) => status));
      return new Set(statuses);
    });
    expect(outcome).toEqual(new Set([401]));
    unharmed(harm);
  });

  it('of one person are held a few at a time, and the others refused', async () => {
    const known = { ...headers, ...bearer(victim.place.apiKey) };
    const { harm, outcome } = await victim.suffer(async () => {
      const heard: number[] = [];
      const begun = Array.from({ length: 30 }, () =>
        begin(victim.place, { path: '/api/v1/items/1/emails', headers: known, body: part }),
      );
      for (const { status } of begun) void status.then((one) => heard.push(one));
      await expect
        .poll(() => heard.filter((one) => one === 429).length, { timeout: 60_000 })
        .toBeGreaterThanOrEqual(25);
      // Long enough for a further one to be refused.
      await sleep(1_000);
      for (const one of begun) one.end();
      return heard.filter((one) => one === 429).length;
    });
    expect(outcome).toBeLessThan(30);
    unharmed(harm);
  });
});
