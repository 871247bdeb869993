import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { speaker } from './hands/texts.ts';
import { makeFirstAccount, PASSWORD, signIn } from './hands/visitor.ts';
import { overhang, violations } from './scenes/screen-checks.ts';
import type { World } from './world.ts';

const say = speaker('en');
const TITLE = 'Harbour roof';

let world: World;
let page: Page;
let deal: number;
let pipeline: number;

const all = { read: 'all', add: 'all', change: 'all', delete: 'all', export: 'all' };
const areas = { automation: false, people: false, mail: false, settings: false };

/** Ben sees neither the amount nor the margin of deals, and may read their note. */
beginWith(async ({ world: begun, open }) => {
  world = begun;
  page = await open('page');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  for (const [code, name] of [
    ['margin', 'Margin'],
    ['note', 'Note'],
    ['other', 'Goes with'],
  ])
    await post('/fields', { type: 'deal', code, name, kind: code === 'other' ? 'item' : 'text' });
  const fields = { deal: { amount: 'hidden', margin: 'hidden', note: 'read-only', title: 'read-only' } };
  const items = { all, types: { lead: { ...all, read: 'none' } } };
  await post('/roles', { name: 'Assistants', rights: { items, clients: all, areas, fields } });
  await post('/users', { email: 'ben@harbour.test', name: 'Ben', password: PASSWORD, roles: ['Assistants'] });
  const lead = await post('/items', { type: 'lead', title: 'Nobody sees me' });
  const made = await post('/items', {
    ...{ type: 'deal', title: TITLE, amount: 4321, currency: 'EUR' },
    fields: { margin: 'thirty', note: 'Call first', other: lead.id },
  });
  await world.api('PATCH', `/api/v1/items/${made.id}`, { amount: 4322 });
  [deal, pipeline] = [made.id, made.pipeline];
  await page.context().clearCookies();
  await page.goto('/');
  await signIn(page, 'ben@harbour.test');
  await page.waitForURL('**/board/**');
});

async function post(path: string, body: unknown) {
  const answer = await world.api('POST', `/api/v1${path}`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

const row = (name: string) => page.getByText(name, { exact: true }).locator('..');

describe('somebody whose roles hold back fields', () => {
  it('sees no amounts on the board and in the list, and is asked for none', async () => {
    await page.goto(`/board/deal/${pipeline}`);
    await page.getByRole('link', { name: TITLE }).waitFor();
    expect(await page.getByText(/4,32[12]/).count()).toBe(0);
    await page.goto(`/list/deal/${pipeline}`);
    await page.getByRole('link', { name: TITLE }).waitFor();
    expect(await page.getByRole('columnheader', { name: say('fields.amount') }).count()).toBe(0);
    expect(await page.getByText(/4,32[12]/).count()).toBe(0);
  });

  it('finds no hidden field on the card, and what may only be read says so instead of opening', async () => {
    await page.goto(`/items/${deal}`);
    await row('Note').getByText('Call first').waitFor();
    await row('Note')
      .getByRole('img', { name: say('fields:heldBack') })
      .waitFor();
    expect(await row('Note').getByRole('button').count()).toBe(0);
    expect(await page.getByText('Margin').count()).toBe(0);
    expect(await page.getByRole('button', { name: TITLE }).count()).toBe(0);
    await row('Goes with')
      .getByText(/not visible to you/)
      .waitFor();
    expect(await page.getByText('Nobody sees me').count()).toBe(0);
    expect({ serious: await violations(page), overhang: await overhang(page) }).toEqual({ serious: [], overhang: [] });
  });

  it('reads in the history that something changed, and not what', async () => {
    await page.getByRole('tab', { name: say('item.tabs.history') }).click();
    await page
      .getByRole('cell', { name: say('history.notSeen') })
      .first()
      .waitFor();
    expect(await page.getByText(/4,?32[12]/).count()).toBe(0);
  });
});
