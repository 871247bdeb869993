import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { percentile } from './instruments/measure.ts';

/** Of several tries: the one in the middle, and the best, which the machine's other work spoilt least. */
export interface Tries {
  readonly median: number;
  readonly best: number;
}

export async function tryTimes(times: number, work: () => Promise<number>): Promise<Tries> {
  const values: number[] = [];
  for (let count = 0; count < times; count += 1) values.push(await work());
  return { median: percentile(values, 0.5), best: Math.min(...values) };
}

/** Milliseconds until so many of what the selector names are painted; the browser has the files, the server is warm. */
export async function openPage(page: Page, path: string, wanted: { selector: string; count: number }): Promise<number> {
  await page.goto('about:blank');
  await page.goto(path, { waitUntil: 'commit' });
  return within(
    `${path} with ${wanted.count} ${wanted.selector}`,
    page.evaluate(({ selector, count }) => window.paintedAt(selector, count), wanted),
  );
}

/** The same in milliseconds of processor time of the page's main thread, which neighbours hardly lengthen. */
export async function openPageBusy(
  browser: Browser,
  page: Page,
  { path, ...wanted }: { readonly path: string; readonly selector: string; readonly count: number },
): Promise<number> {
  await browser.startTracing(page, { categories: TRACED });
  await openPage(page, path, wanted);
  const tasks = tasksOfPage(await browser.stopTracing());
  return tasks.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
}

const TRACED = ['disabled-by-default-devtools.timeline', 'toplevel', '__metadata'];

const PATIENCE_MS = 60_000;

/** Fails, saying what was waited for, instead of waiting for ever. */
export async function within<T>(what: string, work: Promise<T>): Promise<T> {
  const late = sleep(PATIENCE_MS, undefined, { ref: false }).then(() => {
    throw new Error(`${what} did not come within ${PATIENCE_MS / 1000} seconds`);
  });
  return Promise.race([work, late]);
}

export interface Scrolled {
  /** The longest task of the page's main thread: by the clock, and in processor time, which neighbours do not lengthen. */
  readonly longestMs: number;
  readonly longestCpuMs: number;
  readonly frameP95Ms: number;
}

export interface Wheel {
  readonly at: { readonly x: number; readonly y: number };
  readonly byX: number;
  readonly byY: number;
  readonly turns: number;
}

/** Turns the wheel there and back, as fast as fingers do, and looks at every task of the page meanwhile. */
export async function scrollPage(browser: Browser, page: Page, { at, byX, byY, turns }: Wheel): Promise<Scrolled> {
  await page.mouse.move(at.x, at.y);
  await browser.startTracing(page, { categories: TRACED });
  await page.evaluate(() => window.countFrames());
  for (const sign of [1, -1]) {
    for (let turn = 0; turn < turns; turn += 1) {
      await page.mouse.wheel(byX * sign, byY * sign);
      await sleep(TURN_MS);
    }
  }
  const { gaps, scrolls } = await page.evaluate(() => window.framesCounted());
  if (scrolls < FEWEST_SCROLLS) throw new Error(`the wheel moved something ${scrolls} times only`);
  const frameP95Ms = percentile(gaps, 0.95);
  return { ...longestTask(await browser.stopTracing()), frameP95Ms };
}

const TURN_MS = 16;
const FEWEST_SCROLLS = 5;

const event = z.object({
  name: z.string(),
  pid: z.number(),
  tid: z.number(),
  dur: z.number().optional(),
  tdur: z.number().optional(),
  args: z.looseObject({ name: z.string().optional() }).optional(),
});
const trace = z.object({ traceEvents: z.array(event) });

function longestTask(file: Buffer): { longestMs: number; longestCpuMs: number } {
  const tasks = tasksOfPage(file);
  return {
    longestMs: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000,
    longestCpuMs: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000,
  };
}

// The page is the renderer that worked most; the browser has others in reserve.
function tasksOfPage(file: Buffer): z.output<typeof event>[] {
  const { traceEvents } = trace.parse(JSON.parse(file.toString()));
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const tasks = mains.map((main) =>
    traceEvents.filter(({ name, pid, tid }) => name === 'RunTask' && pid === main.pid && tid === main.tid),
  );
  const busiest = tasks.toSorted((a, b) => b.length - a.length)[0] ?? [];
  if (busiest.length === 0) throw new Error('the trace holds no task of the page');
  return busiest;
}

export interface Carry {
  /** What the mouse takes hold of. */
  readonly from: string;
  readonly to: string;
  /** What is there when the card is in its new place. */
  readonly done: string;
}

/** Milliseconds from letting the card go to the frame that shows it in its new place. */
export async function dropCard(page: Page, { from, to, done }: Carry): Promise<number> {
  const [start, end] = [await middleOf(page, from), await middleOf(page, to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 10, start.y + 10, { steps: 3 });
  await page.mouse.move(end.x, end.y, { steps: 12 });
  await sleep(200);
  const painted = page.evaluate((selector) => window.paintedAfter('drop', selector), done);
  await page.mouse.up();
  return within(done, painted);
}

async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} is not in sight`);
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 200) };
}
