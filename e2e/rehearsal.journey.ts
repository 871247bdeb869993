import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { speaker } from './hands/texts.ts';
import { until } from './hands/until.ts';
import { makeFirstAccount } from './hands/visitor.ts';
import { faultsOf } from './scenes/screen-checks.ts';
import type { World } from './world.ts';

const say = speaker('en');
const rehearsal = (key: string) => say(`rehearsal:${key}`);
const automation = (key: string) => say(`automation:${key}`);
const DEAL = 'Windows for the harbour office';

let world: World;
let page: Page;
let deal: number;

beginWith(async (beginning) => {
  world = beginning.world;
  page = await beginning.open('page');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  await saveBoard();
  deal = await live();
  await page.goto(`/automation/deal/${await pipelineId()}`);
  await page.locator('[data-uid]').first().waitFor();
});

describe('a draft is tried before it is saved', () => {
  it('has a card changed that may move back now', async () => {
    await page
      .locator('[data-uid]')
      .filter({ hasText: 'To the beginning' })
      .locator('button[aria-haspopup=dialog]')
      .click();
    await page.getByRole('switch', { name: automation('common.allowBack') }).check();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('common.save'), exact: true })
      .click();
  });

  it('Test says what would happen to a chosen item now, in words, with the mail that would go out', async () => {
    const before = await everything();
    await tryOut('test.title');
    await panel()
      .getByRole('combobox', { name: rehearsal('test.item') })
      .fill('harbour');
    await page.getByRole('option', { name: new RegExp(DEAL) }).click();
    await panel().getByRole('textbox', { name: /code/i }).fill('back');
    await panel()
      .getByRole('button', { name: rehearsal('test.run'), exact: true })
      .click();
    await panel().getByText('The item moves from “Interested” to “New”.').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await panel().getByRole('textbox', { name: /code/i }).fill('nothing');
    await panel()
      .getByRole('button', { name: rehearsal('test.run'), exact: true })
      .click();
    await panel().getByText(rehearsal('test.stays')).waitFor();
    await closePanel();
    expect(await everything()).toEqual(before);
  });

  it.each([7, 30, 90])(
    'Rehearse says what it would have done in the last %i days, and changes nothing',
    async (days) => {
      const before = await everything();
      await tryOut('rehearse.title');
      await panel().getByText(`${days} days`, { exact: true }).click();
      await startButton().click();
      await panel().getByText('Signals: 5, items:').waitFor();
      expect(await figures()).toEqual({
        [rehearsal('figures.moves')]: '3',
        [rehearsal('figures.recordedMoves')]: '2',
        [rehearsal('figures.touched')]: '1',
        [rehearsal('figures.differing')]: '1',
        [rehearsal('figures.movesBack')]: '1',
        [rehearsal('figures.doublesTotal')]: '1',
      });
      await panel()
        .getByText(`Interested → New · To the beginning · ${rehearsal('found.back')}`)
        .waitFor();
      await panel().getByText('2 messages').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await closePanel();
      expect(await everything()).toEqual(before);
    },
  );

  it('ends on the server when it is cancelled, and when the panel is closed', async () => {
    await page.route('**/rehearse', () => {});
    for (const end of [
      () =>
        panel()
          .getByRole('button', { name: rehearsal('rehearse.cancel') })
          .click(),
      closePanel,
    ]) {
      await tryOut('rehearse.title');
      await startButton().click();
      const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/rehearse'));
      await end();
      expect((await ended).failure()?.errorText).toContain('ABORTED');
      if (await panel().isVisible()) {
        await startButton().waitFor();
        await closePanel();
      }
    }
    await page.unroute('**/rehearse');
  });
});

describe('Check', () => {
  it('names the stages of a circle, and leads to the card', async () => {
    await page.getByRole('tab', { name: automation('tabs.check') }).click();
    const finding = page.getByRole('listitem').filter({ hasText: 'Offer sent → Interested → Offer sent' });
    await finding.waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await finding.getByRole('button', { name: 'On to interested' }).click();
    const name = page.getByRole('dialog').getByRole('textbox', { name: 'Rule name' });
    await name.waitFor();
    expect(await name.inputValue()).toBe('On to interested');
    await page.keyboard.press('Escape');
  });
});

describe('who may not', () => {
  it('a stranger rehearses nothing', async () => {
    const headers = { authorization: 'Bearer sb_nobody' };
    const id = await pipelineId();
    for (const what of ['rehearse', 'test'])
      expect(await world.api('POST', `/api/v1/automation/deal/${id}/${what}`, { days: 7 }, headers)).toMatchObject({
        status: 401,
      });
    expect(await world.api('POST', `/api/v1/automation/deal/${id}/rehearse`, { days: 8 })).toMatchObject({
      status: 422,
    });
  });
});

const panel = (): Locator => page.getByRole('dialog');
const startButton = () => panel().getByRole('button', { name: rehearsal('rehearse.start'), exact: true });

async function tryOut(key: string) {
  await page.getByRole('button', { name: rehearsal('menu') }).click();
  await page.getByRole('menuitem', { name: rehearsal(key) }).click();
  await panel()
    .getByRole('heading', { name: rehearsal(key) })
    .waitFor();
}

async function closePanel() {
  await panel()
    .getByRole('button', { name: rehearsal('close') })
    .click();
  await panel().waitFor({ state: 'hidden' });
}

async function figures(): Promise<Record<string, string>> {
  const all = await panel().locator('dl > div').all();
  return Object.fromEntries(
    await Promise.all(
      all.map(async (one) => [await one.locator('dt').innerText(), await one.locator('dd').innerText()] as const),
    ),
  );
}

async function pipelineId(): Promise<number> {
  const { body } = await world.api('GET', '/api/v1/pipelines?type=deal');
  return body.data[0].id;
}

/** Two triggers that move on, one that would move back; a mail on each stage; a circle that takes a condition. */
async function saveBoard(): Promise<void> {
  const { body } = await world.api('GET', '/api/v1/automation/deal/Sales');
  const codeOf = (name: string) => body.stages.find((stage: { name: string }) => stage.name === name).code;
  const [first, offer, interested] = ['New', 'Offer sent', 'Interested'].map(codeOf);
  const hook = (code: string, stage: string, name: string) => ({
    id: code,
    on: 'apps/webhook',
    stage,
    name,
    settings: { code },
  });
  const mail = (stage: string) => ({
    ...{ id: `mail-${stage}`, do: 'clients/email', stage },
    settings: { subject: 'Hello {{ client.name }}', text: '{{ item.title }}' },
  });
  const go = (stage: string, to: string, name: string) => ({
    ...{ id: `go-${to}`, do: 'items/change-stage', stage, name, settings: { stage: to } },
    when: { field: 'title', is: 'equals', value: 'Never' },
  });
  const { status, body: saved } = await world.api('PUT', '/api/v1/automation/deal/Sales', {
    ...{ type: body.type, pipeline: body.pipeline, stages: body.stages },
    triggers: [
      hook('offer', offer, 'To the offer'),
      hook('interested', interested, 'To interested'),
      hook('back', first, 'To the beginning'),
    ],
    rules: [
      mail(offer),
      mail(interested),
      go(offer, interested, 'On to interested'),
      go(interested, offer, 'Back to the offer'),
    ],
  });
  expect([status, saved.errors ?? []]).toEqual([200, []]);
}

/** A deal that lived through three calls of a webhook; its client got two mails. */
async function live(): Promise<number> {
  const contact = await world.api('POST', '/api/v1/contacts', { name: 'Cleo', emails: ['cleo@client.test'] });
  const made = await world.api('POST', '/api/v1/items', { type: 'deal', title: DEAL, contact: contact.body.id });
  const item = made.body.id;
  for (const [code, sent] of [
    ['offer', 1],
    ['interested', 2],
    ['back', 2],
  ] as const) {
    await world.api('POST', '/api/v1/signals', { kind: 'webhook.called', item, payload: { code } });
    await until(`${sent} mails`, async () => (await mails()).length === sent);
  }
  // Three of ours, and one for each mail that went out.
  await until(
    'all signals',
    async () => (await world.api('GET', `/api/v1/items/${item}/signals`)).body.data.length === 5,
  );
  return item;
}

const mails = async () => (await world.api('GET', '/api/v1/sandbox/mail')).body.data;

/** Whatever a rehearsal must leave as it is. */
async function everything(): Promise<unknown> {
  const paths = [
    `items/${deal}`,
    `items/${deal}/history`,
    `items/${deal}/signals`,
    `items/${deal}/runs`,
    'sandbox/mail',
    'notifications',
  ];
  const id = await pipelineId();
  const answers: unknown[] = [];
  for (const path of [...paths, `automation/deal/${id}`, `automation/deal/${id}/stats`]) {
    const { status, body } = await world.api('GET', `/api/v1/${path}`);
    expect([path, status]).toEqual([path, 200]);
    answers.push(body);
  }
  return answers;
}
