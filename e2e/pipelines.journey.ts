import type { Browser, Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { speaker } from './hands/texts.ts';
import { cardIn, column, makeFirstAccount, openVisitor } from './hands/visitor.ts';
import { keysOnScreen, overhang, violations } from './scenes/screen-checks.ts';
import type { World } from './world.ts';

const say = speaker('en');
const PIPELINE = 'Renewals';

let world: World;
let browser: Browser;
let page: Page;

beginWith(async (beginning) => {
  ({ world, browser } = beginning);
  page = await beginning.open('page');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
});

describe('pipelines and their stages, in place', () => {
  it('makes a pipeline as a copy of another one', async () => {
    await fromMenu(say('pipelines:menu.new'));
    await dialog().getByLabel(say('pipelines:manage.name')).fill(PIPELINE);
    await dialog()
      .getByRole('radio', { name: say('pipelines:create.copy') })
      .check();
    await dialog()
      .getByRole('button', { name: say('common.create') })
      .click();
    await page.getByRole('heading', { name: PIPELINE, level: 1 }).waitFor();
    expect(await columns()).toEqual([
      ...['New', 'Contact made', 'Offer sent', 'Interested', 'Negotiation', 'Invoice', 'Won', 'Lost'],
    ]);
  });

  it('renames, colours and moves a stage from the head of its column', async () => {
    await stageMenu('Contact made', say('pipelines:stages.rename'));
    await page.getByLabel(say('pipelines:stages.name')).fill('First call');
    await page.keyboard.press('Enter');
    await column(page, 'First call').waitFor();
    await focused(page.getByRole('button', { name: 'Change the stage First call' }));
    await stageMenu('First call', '#be4bdb');
    await stageMenu('First call', say('pipelines:stages.right'));
    await until(async () => (await columns()).slice(0, 3).join() === 'New,Offer sent,First call');
    await stageMenu('New', say('pipelines:stages.addAfter'));
    await column(page, say('pipelines:stages.new')).waitFor();
    const { stages } = await pipeline(PIPELINE);
    expect(stages).toMatchObject([
      { code: 'NEW' },
      { code: 'NEW_STAGE', name: 'New stage', kind: 'open' },
      { code: 'OFFER' },
      { code: 'CONTACT', name: 'First call', color: '#be4bdb' },
      ...Array.from({ length: 5 }, () => ({})),
    ]);
  });

  it('puts stages in order by mouse and by keyboard, and saves them together', async () => {
    await fromMenu(say('pipelines:menu.stages'));
    await drag(handle('First call'), handle('New'));
    await handle('Won').focus();
    await page.keyboard.press('ArrowUp');
    await handle('Interested').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await focused(handle('Interested'));
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await handle('Invoice').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await dialog().getByRole('status').getByText('Invoice: place 5 of 9').waitFor();
    await dialog().getByLabel(say('pipelines:stages.name')).nth(2).fill('Thinking');
    await looksRight();
    await save();
    expect(await columns()).toEqual([
      ...['First call', 'New', 'Thinking', 'Offer sent', 'Invoice', 'Interested', 'Negotiation', 'Won', 'Lost'],
    ]);
  });

  it('carries a stage by finger', async () => {
    await fromMenu(say('pipelines:menu.stages'));
    await dragByFinger(handle('Invoice'), handle('First call'));
    await save();
    expect((await columns()).slice(0, 3)).toEqual(['Invoice', 'First call', 'New']);
  });

  it('loses nothing when somebody else saves meanwhile', async () => {
    const { id, stages } = await pipeline(PIPELINE);
    await fromMenu(say('pipelines:menu.stages'));
    await dialog().getByLabel(say('pipelines:stages.name')).first().fill('Bill');
    const theirs = stages.map((stage: { code: string }) =>
      stage.code === 'WARM' ? { ...body(stage), name: 'Theirs' } : body(stage),
    );
    expect(await world.api('PUT', `/api/v1/pipelines/${id}/stages`, { stages: theirs })).toMatchObject({ status: 200 });
    await dialog()
      .getByRole('button', { name: say('common.save') })
      .click();
    await dialog().getByText(say('pipelines:stages.met')).waitFor();
    await save();
    expect(await columns()).toEqual(expect.arrayContaining(['Bill', 'Theirs']));
  });

  it('deletes a stage with items, which move where it was said', async () => {
    const { id } = await pipeline(PIPELINE);
    await world.api('POST', '/api/v1/items', { type: 'deal', title: 'Old roof', pipeline: id, stage: 'OFFER' });
    await cardIn(page, 'Offer sent', 'Old roof').waitFor();
    await stageMenu('Offer sent', say('pipelines:stages.delete'));
    await dialog().getByText('1 item stands on it.').waitFor();
    await dialog()
      .getByRole('combobox', { name: say('pipelines:drop.moveTo') })
      .click();
    await page.getByRole('option', { name: 'Negotiation' }).click();
    await looksRight();
    await dialog()
      .getByRole('button', { name: say('pipelines:drop.confirm') })
      .click();
    await cardIn(page, 'Negotiation', 'Old roof').waitFor();
    expect(await columns()).not.toContain('Offer sent');
  });

  it('is reached from the automation screen too, where what is not saved yet stands on the new stages', async () => {
    const { id } = await pipeline(PIPELINE);
    const rules = [
      { id: 'hello', do: 'alerts/comment', stage: 'WARM', name: 'Say hello', settings: { text: 'Hello' } },
    ];
    await world.api('PUT', `/api/v1/automation/deal/${id}`, { type: 'deal', pipeline: PIPELINE, rules });
    await page.goto(`/automation/deal/${id}`);
    await page.getByRole('switch', { name: 'Enabled: Say hello' }).uncheck();
    await page.getByText(say('automation:save.unsaved')).waitFor();
    await stageMenu('Theirs', say('pipelines:stages.rename'));
    await page.getByLabel(say('pipelines:stages.name')).fill('Keen');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Keen', level: 2 }).waitFor();
    await page.getByRole('button', { name: say('automation:save.save'), exact: true }).click();
    await page.getByText(say('automation:save.unsaved')).waitFor({ state: 'detached' });
    const { body: board } = await world.api('GET', `/api/v1/automation/deal/${id}`);
    expect(board.rules).toMatchObject([{ id: 'hello', enabled: false }]);
    expect(board.stages).toContainEqual(expect.objectContaining({ code: 'WARM', name: 'Keen' }));
  });

  it('moves a card to another pipeline from its stage bar', async () => {
    const { id } = await pipeline('Sales');
    await page.goto(`/board/deal/${id}`);
    await page.getByRole('link', { name: 'Loyalty cards' }).click();
    await page.getByRole('button', { name: say('pipelines:place.other') }).click();
    await page.getByRole('button', { name: say('pipelines:place.move'), exact: true }).click();
    await page.getByText('Sales: New').waitFor();
    await page.goto(`/board/deal/${(await pipeline(PIPELINE)).id}`);
    await page.getByRole('link', { name: 'Loyalty cards' }).waitFor();
  });

  it('moves several to another pipeline from the list', async () => {
    const { id } = await pipeline('Sales');
    await page.goto(`/list/deal/${id}`);
    for (const title of ['Guest Wi-Fi', 'Fleet tracking'])
      await page.getByRole('checkbox', { name: new RegExp(`^Select ${title}`) }).check();
    await page.getByRole('button', { name: say('pipelines:place.other') }).click();
    await dialog().getByRole('heading', { name: 'Move 2 items to another pipeline' }).waitFor();
    await dialog()
      .getByRole('button', { name: say('pipelines:place.move'), exact: true })
      .click();
    await page.getByRole('status').getByText('2 changed').waitFor();
    const { body: moved } = await world.api('GET', `/api/v1/items?type=deal&pipeline=${PIPELINE}&limit=50`);
    expect(moved.data.map(({ title }: { title: string }) => title)).toEqual(
      expect.arrayContaining([expect.stringContaining('Guest Wi-Fi'), expect.stringContaining('Fleet tracking')]),
    );
    await page.goto(`/board/deal/${(await pipeline(PIPELINE)).id}`);
  });

  it('deletes a pipeline, whose items go to another one', async () => {
    await fromMenu(say('pipelines:menu.manage'));
    await dialog()
      .getByRole('button', { name: `Delete ${PIPELINE}` })
      .click();
    await page.getByText('It has 4 items: choose where they go.').waitFor();
    await page.getByRole('button', { name: say('pipelines:dropPipeline.confirm') }).click();
    await page.getByRole('heading', { name: 'Sales', level: 1 }).waitFor();
    await page.getByRole('button', { name: say('pipelines:manage.done') }).click();
    await cardIn(page, 'New', 'Old roof').waitFor();
  });

  it('shows no menu to those who may not change it', async () => {
    const password = 'correct horse battery';
    await world.api('POST', '/api/v1/users', { name: 'Bob', email: 'bob@harbour.test', password });
    const bob = await openVisitor(browser, world);
    await bob.goto('/');
    await bob.getByLabel('E-mail').fill('bob@harbour.test');
    await bob.getByLabel(/^Password/).fill(password);
    await bob.getByRole('button', { name: 'Sign in' }).click();
    await cardIn(bob, 'New', 'Old roof').waitFor();
    expect(await bob.getByRole('button', { name: say('pipelines:menu.label') }).count()).toBe(0);
    expect(await bob.getByRole('button', { name: 'Change the stage New' }).count()).toBe(0);
    await bob.context().close();
  });
});

/** What axe calls serious, texts that are missing, what pans sideways on a phone. */
async function looksRight(): Promise<void> {
  const seen = { axe: await violations(page), keys: await keysOnScreen(page), overhang: await overhang(page) };
  expect(seen).toEqual({ axe: [], keys: [], overhang: [] });
}

const dialog = () => page.getByRole('dialog').last();
const handle = (stage: string) => dialog().getByRole('button', { name: `Move ${stage}`, exact: true });
const columns = () => page.locator('section[data-stage] h2').allInnerTexts();

async function fromMenu(entry: string): Promise<void> {
  await page.getByRole('button', { name: say('pipelines:menu.label') }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

async function stageMenu(stage: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: `Change the stage ${stage}`, exact: true }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

async function focused(wanted: Locator): Promise<void> {
  await wanted.and(page.locator(':focus')).waitFor({ state: 'attached' });
}

async function save(): Promise<void> {
  await dialog()
    .getByRole('button', { name: say('common.save') })
    .click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function drag(from: Locator, to: Locator): Promise<void> {
  await from.hover();
  await page.mouse.down();
  const box = await to.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 4, (box?.y ?? 0) + 2, { steps: 6 });
  await page.mouse.up();
}

async function dragByFinger(from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  const finger = await page.context().newCDPSession(page);
  const at = (box: typeof start, dy: number) => [{ x: (box?.x ?? 0) + 10, y: (box?.y ?? 0) + dy }];
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(start, 12) });
  for (const dy of [30, 14, 2])
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(end, dy) });
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

async function pipeline(name: string) {
  const { body: answer } = await world.api('GET', '/api/v1/pipelines?type=deal');
  return answer.data.find((one: { name: string }) => one.name === name);
}

function body({ id: _, ...stage }: { id?: number; code: string }) {
  return stage;
}

async function until(ask: () => Promise<boolean>): Promise<void> {
  await expect.poll(ask).toBe(true);
}
