import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { cardIn, column } from './hands/visitor.ts';
import type { World } from './world.ts';

const STAGES = 14;
const DEALS = 90;

let world: World;
let anna: Page;
let pipeline: number;

beginWith(async (beginning) => {
  world = beginning.world;
  anna = await beginning.open('anna');
  const { SIGNALBOX_ADMIN_EMAIL: email, SIGNALBOX_ADMIN_PASSWORD: password } = world.place.environment;
  await anna.request.post('/api/v1/session', { data: { email, password }, headers: { origin: world.place.url } });
  pipeline = await makeLongBoard();
}, {});

/** More stages than fit beside each other, more deals on the first than fit below each other. */
async function makeLongBoard(): Promise<number> {
  const stages = Array.from({ length: STAGES }, (_, at) => ({
    code: `S${at}`,
    name: `Step ${at}`,
    kind: at === STAGES - 2 ? 'won' : at === STAGES - 1 ? 'lost' : 'open',
  }));
  const rules = stages.map(({ code }, at) => ({
    do: 'alerts/comment',
    stage: code,
    name: `Note ${at}`,
    settings: { text: `Step ${at} begins` },
  }));
  await world.api('PUT', '/api/v1/automation/deal/Long', { type: 'deal', pipeline: 'Long', stages, rules });
  for (let at = 0; at < DEALS; at += 1) {
    await world.api('POST', '/api/v1/items', { type: 'deal', pipeline: 'Long', title: `Deal number ${at}` });
  }
  const { body } = await world.api('GET', '/api/v1/pipelines?type=deal');
  return body.data.find((one: { name: string }) => one.name === 'Long').id;
}

describe('a board larger than the screen', () => {
  it('draws the cards in sight alone, and finds by searching one that was never drawn', async () => {
    await anna.goto(`/board/deal/${pipeline}`);
    await cardIn(anna, 'Step 0', `Deal number ${DEALS - 1}`).waitFor();
    expect(await column(anna, 'Step 0').getByRole('link').count()).toBeLessThan(40);
    expect(await cardIn(anna, 'Step 0', 'Deal number 0').count()).toBe(0);

    await anna.getByRole('main').getByRole('textbox').fill('Deal number 0');
    await cardIn(anna, 'Step 0', 'Deal number 0').waitFor();
    expect(await column(anna, 'Step 0').getByRole('link').count()).toBe(1);
    await anna.getByRole('main').getByRole('textbox').fill('');
    await cardIn(anna, 'Step 0', `Deal number ${DEALS - 1}`).waitFor();
  });

  it('walks down by arrow keys through cards that are drawn on the way, in their order', async () => {
    await cardIn(anna, 'Step 0', `Deal number ${DEALS - 1}`).focus();
    for (let at = DEALS - 2; at >= 20; at -= 1) {
      await anna.keyboard.press('ArrowDown');
      await cardIn(anna, 'Step 0', `Deal number ${at}`).and(anna.locator(':focus')).waitFor();
    }
  });

  it('carries a card by mouse to a stage out of sight: the board moves along at its edge', async () => {
    await anna.reload();
    const title = `Deal number ${DEALS - 1}`;
    await cardIn(anna, 'Step 0', title).hover();
    await anna.mouse.down();
    await anna.mouse.move(700, 400, { steps: 5 });
    const target = column(anna, 'Step 10');
    for (let tries = 0; tries < 300 && !(await isInSight(target)); tries += 1) {
      await anna.mouse.move(1425 + (tries % 2), 400);
      await anna.waitForTimeout(30);
    }
    await target.hover();
    await anna.mouse.up();
    await cardIn(anna, 'Step 10', title).waitFor();
    await expect
      .poll(async () => (await world.api('GET', `/api/v1/items?pipeline=Long&stage=S10`)).body.data.length)
      .toBe(1);
  });
});

describe('an automation screen larger than the screen', () => {
  it('goes through its cards in their order by Tab, those out of sight too', async () => {
    await anna.goto(`/automation/deal/${pipeline}`);
    await anna.getByText('Note 0').first().waitFor();
    const handles = anna.locator('[data-lane="rule"] [data-uid]');
    // The columns out of sight get their cards right after those in sight.
    await handles.nth(STAGES - 1).waitFor();
    const order = await handles.evaluateAll((cards) => cards.map((card) => card.textContent?.match(/Note \d+/)?.[0]));
    expect(order).toEqual(Array.from({ length: STAGES }, (_, at) => `Note ${at}`));
    await handles.first().getByRole('button').first().focus();
    for (let at = 0; at < STAGES - 1; at += 1) await tabOutOf(handles.nth(at));
    await handles
      .nth(STAGES - 1)
      .locator(':focus')
      .waitFor();
    expect(await isInSight(handles.nth(STAGES - 1))).toBe(true);
  });

  it('finds by searching a rule of a stage out of sight', async () => {
    const search = anna.getByLabel('Search cards');
    await search.fill('step 12 beg');
    const found = anna.locator('[data-lane="rule"] [data-uid]');
    await expect.poll(() => found.count()).toBe(1);
    expect(await found.textContent()).toContain('Note 12');
    await search.fill('');
    await expect.poll(() => found.count()).toBe(STAGES);
  });

  it('carries a rule by keyboard to a stage out of sight', async () => {
    const card = anna.locator('[data-lane="rule"] [data-uid]').filter({ hasText: 'Note 0' });
    await card.getByRole('button').first().focus();
    await anna.keyboard.press('Space');
    for (let at = 0; at < 9; at += 1) await anna.keyboard.press('ArrowRight');
    await anna.keyboard.press('Space');
    await anna
      .getByRole('list', { name: /Step 9$/ })
      .last()
      .getByText('Note 0')
      .waitFor();
    expect(await isInSight(card)).toBe(true);
  });
});

/** Tab until the focus has left the card. */
async function tabOutOf(card: ReturnType<Page['locator']>): Promise<void> {
  for (let presses = 0; presses < 12; presses += 1) {
    await anna.keyboard.press('Tab');
    if ((await card.locator(':focus').count()) === 0) return;
  }
  throw new Error('the focus does not leave the card');
}

async function isInSight(place: ReturnType<Page['locator']>): Promise<boolean> {
  const box = await place.boundingBox();
  return box !== null && box.x >= 0 && box.x + 40 < 1440;
}
