import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { speaker } from './hands/texts.ts';
import { cardIn, makeFirstAccount } from './hands/visitor.ts';
import { keysOnScreen, overhang, violations } from './scenes/screen-checks.ts';
import type { World } from './world.ts';

const say = speaker('en');

let world: World;
let page: Page;

beginWith(async (beginning) => {
  world = beginning.world;
  page = await beginning.open('page');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
});

const dialog = () => page.getByRole('dialog').last();

describe('a lead', () => {
  it('is converted from its won stage: what will be made is shown, then both sides lead to each other', async () => {
    const { body: lead } = await world.api('POST', '/api/v1/items', {
      type: 'lead',
      title: 'Joan Miller',
      amount: 900,
    });
    await page.goto(`/items/${lead.id}`);
    await page
      .getByRole('list', { name: say('item.stages') })
      .getByRole('button', { name: 'Qualified' })
      .click();
    await dialog().getByLabel(say('pipelines:convert.dealTitle')).fill('A new roof');
    await dialog().getByText('The contact Joan Miller is made').waitFor();
    await dialog().getByText('The lead moves to Qualified').waitFor();
    await looksRight();
    await dialog()
      .getByRole('button', { name: say('pipelines:convert.button'), exact: true })
      .click();
    await page.getByRole('heading', { name: 'A new roof' }).waitFor();
    await page.getByText(say('pipelines:convert.madeOf')).getByRole('link', { name: 'Joan Miller' }).click();
    await page.getByText(say('pipelines:convert.madeDeal')).getByRole('link', { name: 'A new roof' }).waitFor();
    const { body: now } = await world.api('GET', `/api/v1/items/${lead.id}`);
    expect(now).toMatchObject({ stage: 'WON', clients: [{ name: 'Joan Miller' }] });
  });

  it('is not converted twice: the deal is offered', async () => {
    await page.getByRole('button', { name: say('pipelines:convert.button'), exact: true }).click();
    await dialog().getByText(say('pipelines:convert.already')).waitFor();
    await dialog().getByRole('button', { name: 'A new roof' }).click();
    await page.getByRole('heading', { name: 'A new roof' }).waitFor();
  });
});

describe('a lead that is dropped on the won stage', () => {
  const drop = async () => {
    await cardIn(page, 'New', 'Ann Fisher').focus();
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Space']) await page.keyboard.press(key);
    await dialog().getByLabel(say('pipelines:convert.dealTitle')).waitFor();
  };

  it('is asked about first: giving up moves nothing, and it may also only be moved', async () => {
    await world.api('POST', '/api/v1/items', { type: 'lead', title: 'Ann Fisher' });
    await page.goto('/board/lead');
    await drop();
    await looksRight();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(await cardIn(page, 'Qualified', 'Ann Fisher').count()).toBe(0);
    await drop();
    await dialog().getByRole('button', { name: 'Qualified' }).click();
    await cardIn(page, 'Qualified', 'Ann Fisher').waitFor();
  });
});

/** What axe calls serious, texts that are missing, what pans sideways on a phone. */
async function looksRight(): Promise<void> {
  const seen = { axe: await violations(page), keys: await keysOnScreen(page), overhang: await overhang(page) };
  expect(seen).toEqual({ axe: [], keys: [], overhang: [] });
}
