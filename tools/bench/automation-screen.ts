import type { Page } from 'playwright-core';
import { call } from '../outside/client.ts';
import type { BenchBrowser } from './instruments/bench-browser.ts';
import type { BenchServer } from './instruments/bench-server.ts';
import { percentile } from './instruments/measure.ts';
import {
  dropCard,
  openPage,
  openPageBusy,
  type Scrolled,
  scrollPage,
  type Tries,
  tryTimes,
  within,
} from './page-speed.ts';

export interface AutomationScreenFigures {
  /** A page with nothing on it: what signing in and loading the application cost on this machine. */
  readonly emptyMs: Tries;
  readonly openMs: Tries;
  /** Of the page's main thread: the empty page and the automation screen, opened in turns. */
  readonly processor: { readonly emptyMs: number; readonly openMs: number };
  readonly sideways: Scrolled;
  readonly down: Scrolled;
  readonly dropMs: Tries;
  readonly panelMs: Tries;
}

const STAGES = 40;
const TRIES = 5;
// What a screen of 1440 x 900 shows of it at least.
const IN_SIGHT = 15;

/** (g): the automation screen of 40 stages and 400 cards, five triggers and five rules a stage. */
export async function benchAutomationScreen(
  { place }: BenchServer,
  { browser, page }: BenchBrowser,
): Promise<AutomationScreenFigures> {
  const { pipeline } = await saveBoard(place);
  const board = { selector: '[data-uid]', count: IN_SIGHT };
  const path = `/automation/deal/${pipeline}`;
  await openPage(page, path, board);
  const emptyMs = await tryTimes(TRIES, () => openPage(page, EMPTY.path, EMPTY));
  const openMs = await tryTimes(TRIES, () => openPage(page, path, board));
  const processor = await openInTurns({ browser, page }, path, board);
  await scrollPage(browser, page, { ...WHEEL, byX: 120, byY: 0, turns: 20 });
  const sideways = await scrollPage(browser, page, { ...WHEEL, byX: 120, byY: 0, turns: 100 });
  const down = await scrollPage(browser, page, { ...WHEEL, byX: 0, byY: 100, turns: 30 });
  let turn = 0;
  const dropMs = await tryTimes(TRIES, () => {
    turn += 1;
    return dropFirstCard(page, turn);
  });
  return { emptyMs, openMs, processor, sideways, down, dropMs, panelMs: await tryTimes(TRIES, () => openPanel(page)) };
}

const EMPTY = { path: '/settings/people', selector: 'h1', count: 1 };

async function openInTurns(
  { browser, page }: Pick<BenchBrowser, 'browser' | 'page'>,
  path: string,
  board: { readonly selector: string; readonly count: number },
): Promise<AutomationScreenFigures['processor']> {
  const [empty, open]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TRIES * 2; turn += 1) {
    empty.push(await openPageBusy(browser, page, EMPTY));
    open.push(await openPageBusy(browser, page, { path, ...board }));
  }
  return { emptyMs: percentile(empty, 0.5), openMs: percentile(open, 0.5) };
}

const WHEEL = { at: { x: 700, y: 500 } };

async function saveBoard(place: BenchServer['place']): Promise<{ pipeline: number }> {
  const name = 'Forty stages';
  const stages = Array.from({ length: STAGES }, (_, at) => ({
    code: `S${at}`,
    name: `Stage ${at}`,
    kind: at === STAGES - 2 ? 'won' : at === STAGES - 1 ? 'lost' : 'open',
  }));
  const file = {
    ...{ type: 'deal', pipeline: name, stages },
    triggers: stages.flatMap(({ code }, at) => Array.from({ length: 5 }, (_, turn) => trigger(code, at * 5 + turn))),
    rules: stages.flatMap(({ code }, at) => Array.from({ length: 5 }, (_, turn) => rule(code, at * 5 + turn))),
  };
  await call(place, 'PUT', `/automation/deal/${encodeURIComponent(name)}`, file);
  const pipelines = await call(place, 'GET', '/pipelines?type=deal&limit=100');
  const found = JSON.stringify(pipelines).match(new RegExp(`"id":(\\d+),[^{}]*"name":"${name}"`))?.[1];
  if (found === undefined) throw new Error('the pipeline was not made');
  return { pipeline: Number(found) };
}

function trigger(stage: string, at: number) {
  const when = {
    all: [
      { field: 'amount', is: 'at least', value: 1000 + at },
      { field: 'title', is: 'contains', value: 'roof' },
    ],
  };
  return { id: `t${at}`, on: 'apps/webhook', stage, settings: { code: `go-${at}` }, ...(at % 2 === 0 ? { when } : {}) };
}

function rule(stage: string, at: number) {
  if (at % 2 === 0)
    return { id: `r${at}`, do: 'alerts/comment', stage, settings: { text: `Call {{ client.name }} about ${at}` } };
  return {
    ...{ id: `r${at}`, do: 'alerts/notify', stage, time: { after: '2 days' } },
    settings: { text: `{{ item.title }} waits (${at})`, recipients: ['responsible'] },
  };
}

/** To the next column and back, in turns. */
function dropFirstCard(page: Page, turn: number): Promise<number> {
  const [from, to] = turn % 2 === 1 ? [1, 2] : [2, 1];
  const cell = (at: number) => `[data-lane="trigger"] ul:nth-of-type(${at})`;
  return page
    .locator(`${cell(from)} [data-uid]`)
    .first()
    .getAttribute('data-uid')
    .then((uid) =>
      dropCard(page, {
        from: `${cell(from)} [data-uid="${uid}"] button >> nth=0`,
        to: cell(to),
        done: `${cell(to)} [data-uid="${uid}"]`,
      }),
    );
}

async function openPanel(page: Page): Promise<number> {
  const painted = page.evaluate(() => window.paintedAfter('click', '[role="dialog"] form, [role="dialog"] input'));
  await page.locator('[data-lane="rule"] [data-uid] [aria-haspopup="dialog"]').first().click();
  const took = await within('the settings', painted);
  await page.keyboard.press('Escape');
  await page.locator('[role="dialog"]').waitFor({ state: 'detached' });
  return took;
}
