import fs from 'node:fs';
import type { Browser, Download, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { speaker } from './hands/texts.ts';
import { until } from './hands/until.ts';
import { goTo, makeFirstAccount, openVisitor } from './hands/visitor.ts';
import { keysOnScreen, overhang, violations } from './scenes/screen-checks.ts';
import type { World } from './world.ts';

const say = speaker('en');
const lists = (key: string) => say(`lists:${key}`);

const dirty = [
  'Id;Deal Name;Stage;Amount;Closing Date;E-mail;Shoe size',
  'd1;Clean;New;€ 3.500,00;31.01.2026;cleo@client.test;38',
  'd2;Odd stage;Call back;1.234,50;01.02.2026;cleo@client.test;39',
  'd3;Bad date;New;10,00;32.13.2026;;40',
  'd4;Bad money;New;a lot;;;41',
  'd1;Once more;New;1,00;;;42',
  'd6;Too long;New;2,00;;;43;what is this',
].join('\r\n');

let world: World;
let browser: Browser;
let page: Page;

beginWith(async (beginning) => {
  ({ world, browser } = beginning);
  page = await beginning.open('page', { acceptDownloads: true });
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
});

describe('a file of deals', () => {
  it('is chosen from the list, and every column has a guess', async () => {
    await page
      .getByRole('main')
      .getByRole('link', { name: lists('toggle.list') })
      .click();
    await page.getByRole('link', { name: lists('list.import') }).click();
    await choose('deals.csv', dirty);
    expect(await becomes('Deal Name')).toBe(lists('targets.title'));
    expect(await becomes('Amount')).toBe(lists('targets.amount'));
    expect(await becomes('E-mail')).toBe(lists('targets.contactEmail'));
    expect(await becomes('Closing Date')).toBe(lists('import.newField'));
    expect(await becomes('Call back')).toBe(lists('import.makeStage'));
    expect(await checks()).toEqual([]);
  });

  it('shows what would become of it before anything is written', async () => {
    await pick('Shoe size', lists('import.leaveOut'));
    // Two of three look like dates: too few to be sure.
    await pick('What Closing Date holds', say('fields.kinds.date'));
    await button('import.preview').click();
    await page.getByText('Rows with something noted: 3 of 6').waitFor();
    await page.getByText(`32.13.2026 – ${lists('reasons.bad-date')}`).waitFor();
    await page.getByText(`a lot – ${lists('reasons.bad-money')}`).waitFor();
    expect(await checks()).toEqual([]);
    expect(await titles('Clean')).toEqual([]);
  });

  it('comes in, is told row by row, and runs no rule unless that was chosen', async () => {
    await page.getByRole('button', { name: 'Import 6 rows' }).click();
    await page.getByText(lists('import.finished')).waitFor();
    expect(await results()).toMatchObject({ Added: '2', Skipped: '1', 'Left out': '3' });
    expect(await checks()).toEqual([]);

    const noted = await downloaded(() => page.getByRole('link', { name: lists('import.badRows') }).click());
    expect(noted.trim().split('\r\n')).toMatchObject([
      expect.stringMatching(/line,result,reason$/),
      expect.stringContaining('Bad date'),
      expect.stringContaining('a lot'),
      expect.stringContaining('skipped'),
      expect.stringContaining('too-many-cells'),
    ]);
    expect(await titles('Clean')).toEqual(['Clean']);
    expect(await runsOf('Clean')).toBe(0);

    await page.getByRole('link', { name: lists('import.open') }).click();
    await page.getByRole('link', { name: 'Odd stage' }).first().waitFor();
  });

  it('goes out as a file that holds what came in', async () => {
    const file = await downloaded(() => page.getByRole('link', { name: lists('list.export') }).click());
    expect(file).toMatch(/\r\nd1,Clean,Sales,New,3500,EUR,/);
    expect(file).toMatch(/\r\nd2,Odd stage,Sales,Call back,1234.5,/);
  });

  it('runs the rules of the stages when that is chosen', async () => {
    await addRule();
    await page.getByRole('link', { name: lists('list.import') }).click();
    await choose('more.csv', 'Id,Title,Stage\nr1,With rules,New\n');
    await page.getByRole('radio', { name: lists('import.runRules') }).check();
    await button('import.preview').click();
    await page.getByText(lists('import.noProblems')).waitFor();
    await page.getByRole('button', { name: 'Import 1 rows' }).click();
    await page.getByText(lists('import.finished')).waitFor();
    await until('the rule has run', async () => (await runsOf('With rules')) > 0);
  });

  it('is cancelled in the middle: what is in stays, the rest is given back', async () => {
    await page.getByRole('link', { name: lists('import.another') }).click();
    const rows = Array.from({ length: 30_000 }, (_, n) => `m${n},Many ${n},New`);
    await choose('many.csv', `Id,Title,Stage\n${rows.join('\n')}\n`);
    await button('import.preview').click();
    await page.getByRole('button', { name: 'Import 30000 rows' }).click();
    await page.getByRole('progressbar').waitFor();
    await until('some are in', async () => !(await page.getByRole('status').innerText()).startsWith('0 '));
    await button('import.cancel').click();
    await page.getByText(lists('import.cancelled')).waitFor();
    const added = Number((await results()).Added);
    expect(added).toBeGreaterThan(0);
    expect(added).toBeLessThan(30_000);
    const rest = await downloaded(() => page.getByRole('link', { name: lists('import.badRows') }).click());
    expect(rest.trim().split('\r\n')).toHaveLength(30_000 - added + 1);
  });
});

describe('a file of clients', () => {
  it('comes in and goes out from their page', async () => {
    await goTo(page, say('shell.clients'));
    await page.getByRole('link', { name: lists('list.import') }).click();
    await choose('people.csv', 'Id,First name,Last name,E-mail,Company\np1,Zoe,Newcomer,zoe@client.test,Zoo Ltd\n');
    expect(await becomes('Company')).toBe(lists('targets.companyName'));
    await button('import.preview').click();
    await page.getByRole('button', { name: 'Import 1 rows' }).click();
    await page.getByText(lists('import.finished')).waitFor();
    await page.getByRole('link', { name: lists('import.open') }).click();
    await page.getByText('Zoe Newcomer').first().waitFor();
    const file = await downloaded(() => page.getByRole('link', { name: lists('list.export') }).click());
    expect(file).toContain('p1,Zoe Newcomer,Zoe,Newcomer,,Zoo Ltd,zoe@client.test,');
    expect(await checks()).toEqual([]);
  });
});

describe('what does not come in', () => {
  it('says what to do with a workbook, and with an empty file', async () => {
    await page.goto('/import/deal');
    await file('deals.xlsx', Buffer.from('504b030414000600', 'hex'));
    await page.getByRole('alert').getByText(say('problem.codes.workbook')).waitFor();
    await page.goto('/import/deal');
    await file('no-rows.csv', Buffer.from('Title\n'));
    await page.getByRole('alert').getByText(say('problem.codes.empty-file')).waitFor();
    expect(await checks()).toEqual([]);
  });

  it('an import that is not there, and somebody who is not signed in', async () => {
    await page.goto('/import/deal?id=999999');
    await page.getByRole('alert').getByText(say('problem.codes.not_found')).waitFor();
    const stranger = await openVisitor(browser, world);
    await stranger.goto('/import/deal?id=1');
    await stranger.getByRole('button', { name: 'Sign in' }).waitFor();
    await stranger.context().close();
  });
});

const button = (key: string) => page.getByRole('button', { name: lists(key) });
const file = (name: string, buffer: Buffer) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });

async function choose(name: string, text: string) {
  await file(name, Buffer.from(text));
  await page.getByText(lists('import.becomes')).first().waitFor();
}

async function pick(name: string, option: string) {
  await page.getByRole('combobox', { name, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

const becomes = (name: string) => page.getByRole('combobox', { name, exact: true }).inputValue();

/** By the words of the table: what became of the rows. */
async function results(): Promise<Record<string, string>> {
  const rows = await page.getByRole('row').allInnerTexts();
  return Object.fromEntries(rows.map((row) => row.split('\t')));
}

async function downloaded(click: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return read(download);
}

const read = async (download: Download) => fs.readFileSync(await download.path(), 'utf8');

async function checks(): Promise<string[]> {
  await page.mouse.move(0, 0);
  return [...(await violations(page)), ...(await keysOnScreen(page)), ...(await overhang(page))];
}

async function titles(title: string): Promise<string[]> {
  const { body } = await world.api('GET', `/api/v1/items?type=deal&q=${encodeURIComponent(title)}`);
  return body.data.map((item: { title: string }) => item.title);
}

async function runsOf(title: string): Promise<number> {
  const { body } = await world.api('GET', `/api/v1/items?type=deal&q=${encodeURIComponent(title)}`);
  const [item] = body.data;
  return (await world.api('GET', `/api/v1/items/${item.id}/runs`)).body.data.length;
}

async function addRule(): Promise<void> {
  const { body } = await world.api('GET', '/api/v1/automation/deal/Sales');
  const rule = { id: 'welcome', do: 'alerts/comment', stage: 'NEW', settings: { text: 'Hello' } };
  const { type, pipeline, stages, triggers, rules } = body;
  const saved = await world.api('PUT', '/api/v1/automation/deal/Sales', {
    ...{ type, pipeline, stages, triggers, rules: [...rules, rule] },
  });
  expect(saved.status).toBe(200);
}
