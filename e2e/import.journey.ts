import { text } from 'node:stream/consumers';
import type { Browser, Download, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { speaker } from './hands/texts.ts';
import { until } from './hands/until.ts';
import { goTo, makeFirstAccount, openVisitor } from './hands/visitor.ts';
import { faultsOf } from './scenes/screen-checks.ts';
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
    expect(await faultsOf(page)).toEqual([]);
  });

  it('shows what would become of it before anything is written', async () => {
    await pick('Shoe size', lists('import.leaveOut'));
    // Two of three look like dates: too few to be sure.
    await pick('What Closing Date holds', say('fields.kinds.date'));
    await button('import.preview').click();
    await page.getByText('Rows with something noted: 3 of 6').waitFor();
    await page.getByText(`32.13.2026 – ${lists('reasons.bad-date')}`).waitFor();
    await page.getByText(`a lot – ${lists('reasons.bad-money')}`).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(await titles('Clean')).toEqual([]);
  });

  it('comes in, is told row by row, and runs no rule unless that was chosen', async () => {
    await page.getByRole('button', { name: 'Import 6 rows' }).click();
    await page.getByText(lists('import.finished')).waitFor();
    expect(await results()).toMatchObject({ Added: '2', Skipped: '1', 'Left out': '3' });
    expect(await faultsOf(page)).toEqual([]);

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
    await page.getByRole('button', { name: 'Import 1 row' }).click();
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
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    await page.getByText(lists('import.finished')).waitFor();
    await page.getByRole('link', { name: lists('import.open') }).click();
    await page.getByText('Zoe Newcomer').first().waitFor();
    const file = await downloaded(() => page.getByRole('link', { name: lists('list.export') }).click());
    expect(file).toContain('p1,Zoe Newcomer,Zoe,Newcomer,,Zoo Ltd,zoe@client.test,');
    expect(await faultsOf(page)).toEqual([]);
  });
});

describe('what a file does not tell', () => {
  it('is read one way, said in the preview, with a switch', async () => {
    await page.goto('/import/deal');
    const rows = ['a;1.200;1/5/2026 2:45 PM', 'b;12.500;2/6/2026 9:10 AM'];
    await choose('thousands.csv', `sep=;\nTitle;Amount;Created\n${rows.join('\n')}\n`);
    await button('import.preview').click();
    const readings = page.getByRole('region', { name: lists('import.readings') });
    const home = lists('readBy.habit');
    await readings.getByText(`1.200 is read as 1200 USD. ${home}`).waitFor();
    await readings.getByText(`1/5/2026 2:45 PM is read as 2026-05-01 14:45. ${home}`).waitFor();
    expect(await faultsOf(page)).toEqual([]);

    await reading('Created', lists('reading.mdy'));
    await readings.getByText('is read as 2026-01-05 14:45.').waitFor();
    await pick(lists('import.locale'), englishOfAmerica);
    await button('import.preview').click();
    await readings.getByText(`1.200 is read as 1.200 USD. ${lists('readBy.locale')}`).waitFor();
    await readings.getByText(lists('readBy.chosen')).waitFor();
    await reading('Amount', lists('reading.comma'));
    await readings.getByText('is read as 1200 USD.').waitFor();
    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await page.getByText(lists('import.finished')).waitFor();
    const { body } = await world.api('GET', '/api/v1/items?type=deal&q=a&sort=-amount');
    expect(body.data).toContainEqual(
      expect.objectContaining({ title: 'a', amount: 1200, createdAt: expect.stringMatching(/^2026-01-05/) }),
    );
  });

  it('of an owner who is not here is counted before the start, and kept with the item', async () => {
    await page.goto('/import/deal');
    await choose('owners.csv', 'Title,Owner\nOf Jane,Jane Seller\nOf Anna,Anna Nowak\n');
    await button('import.preview').click();
    const told = page.getByRole('alert').filter({ hasText: '1 row names an owner who is not here' });
    await told.getByText('Jane Seller (1)').waitFor();
    await told.getByRole('radio', { name: lists('owners.field') }).check();
    await told.getByRole('combobox').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await told.getByRole('radio', { name: lists('owners.note') }).check();
    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await page.getByText(lists('import.finished')).waitFor();
    const { body } = await world.api('GET', '/api/v1/items?type=deal&q=Of Jane');
    const timeline = await world.api('GET', `/api/v1/items/${body.data[0].id}/timeline`);
    expect(timeline.body.data).toContainEqual(
      expect.objectContaining({ kind: 'comment', text: expect.stringContaining('Owner: Jane Seller') }),
    );
  });
});

describe('a file of clients who are here', () => {
  it('shows what changes before and after, and changes nothing that it does not say', async () => {
    await world.api('POST', '/api/v1/contacts', {
      ...{ name: 'Dr Cleo', firstName: 'Cleo', lastName: 'Client', phones: ['+48600500101'] },
      emails: ['first@client.test', 'second@client.test'],
    });
    await page.goto('/import/contact');
    await choose('update.csv', 'Email,Phone,First name\nsecond@client.test,+48600500102,\n');
    await page.getByRole('radio', { name: lists('import.update'), exact: true }).check();
    await page.getByRole('radio', { name: lists('import.listsAdd') }).waitFor();
    await button('import.preview').click();
    const changes = page.getByRole('table', { name: lists('import.changes') });
    await changes.getByText('Dr Cleo').waitFor();
    const row = changes.getByRole('row').filter({ hasText: lists('targets.phone') });
    expect(await row.getByRole('cell').allInnerTexts()).toEqual([
      lists('targets.phone'),
      '+48600500101',
      '+48600500101, +48600500102',
    ]);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    await page.getByText(lists('import.finished')).waitFor();
    const { body } = await world.api('GET', '/api/v1/contacts?q=second@client.test');
    expect(body.data).toMatchObject([
      {
        ...{ name: 'Dr Cleo', firstName: 'Cleo', phones: ['+48600500101', '+48600500102'] },
        emails: ['first@client.test', 'second@client.test'],
      },
    ]);
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
    expect(await faultsOf(page)).toEqual([]);
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

const englishOfAmerica = 'American English: 12/31/2026, 12,345.60';

/** Reads the column the other way, where the preview says how it is read. */
async function reading(name: string, as: string) {
  await page.getByRole('radiogroup', { name, exact: true }).getByRole('radio', { name: as }).click();
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

const read = async (download: Download) => text(await download.createReadStream());

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
