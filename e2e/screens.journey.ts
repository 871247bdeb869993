import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type Company, foundCompany, furnishCompany, OWNER } from './company.ts';
import { pictureFailures } from './failure-pictures.ts';
import { inside, paint, type Scene, show, signIn, welcome } from './scenes.ts';
import { keyHeads, speaker } from './texts.ts';
import { signIn as enter, NOBODY_YET, openVisitor } from './visitor.ts';
import { startWorld, type World } from './world.ts';

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = inside({ pipeline: 0, deal: 0, client: 0 }).map(({ name }) => name);
const english = speaker('en');
const polish = speaker('pl');

let world: World;
let browser: Browser;
let page: Page;
let company: Company;

beforeAll(async () => {
  world = await startWorld(NOBODY_YET);
  browser = await launchBrowser();
  page = await openVisitor(browser, world);
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

pictureFailures(() => ({ page }));

describe('before signing in', () => {
  it('the first run is clean', async () => {
    await checkAll(welcome);
  });

  it('signing in is clean', async () => {
    await foundCompany(world, 'en');
    company = await furnishCompany(world, 'en');
    await checkAll(signIn);
    await enter(page, OWNER.email, OWNER.password);
    await page.locator('[data-card]').first().waitFor();
  });
});

describe('in English, in light and dark, wide and narrow', () => {
  it.each(names)('%s is clean', async (name) => {
    await checkAll(sceneOf(name));
  });
});

describe('in Polish', () => {
  beforeAll(async () => {
    await world.api('PATCH', '/api/v1/me', { language: 'pl' });
    await page.goto('/settings/profile');
    await page.getByRole('heading', { name: polish('settings.profile') }).waitFor();
  });

  it.each(names)('%s has every text and fits', async (name) => {
    await show(page, sceneOf(name), polish);
    expect(await keysOnScreen()).toEqual([]);
    expect(await overhang()).toEqual([]);
  });
});

function sceneOf(name: string): Scene {
  const scene = inside(company).find((one) => one.name === name);
  if (scene === undefined) throw new Error(`no scene ${name}`);
  return scene;
}

async function checkAll(scene: Scene): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await show(page, scene, english);
  const light = await violations();
  await paint(page, 'dark');
  // Nothing but colours changes with the light.
  const dark = await violations(['color-contrast']);
  expect({ light, dark, keys: await keysOnScreen(), overhang: await overhang() }).toEqual({
    light: [],
    dark: [],
    keys: [],
    overhang: [],
  });
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe calls serious or critical, one line each. */
async function violations(rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const options = JSON.stringify({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) });
  const found: Violation[] = await page.evaluate(`axe.run(document, ${options}).then(({ violations }) => violations)`);
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary.slice(0, 300)}`),
    );
}

/** Texts that look like the key of a missing translation. */
async function keysOnScreen(): Promise<string[]> {
  const text = await page.locator('body').innerText();
  const named = await page
    .locator('[aria-label], [placeholder], [title]')
    .evaluateAll((all) =>
      all.flatMap((one) => ['aria-label', 'placeholder', 'title'].map((name) => one.getAttribute(name) ?? '')),
    );
  const words = [text, ...named]
    .join('\n')
    .replaceAll(/\{\{.*?\}\}/g, '')
    .match(new RegExp(`(?<![\\w.@/-])(${keyHeads().join('|')})(\\.[a-zA-Z][\\w-]*)+`, 'g'));
  return [...new Set(words)];
}

/** What stands out to the right of a phone's screen. */
async function overhang(): Promise<string[]> {
  await page.setViewportSize({ width: 390, height: 844 });
  const found = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth;
    const main = document.querySelector('main');
    const pans = main !== null && main.scrollWidth > main.clientWidth;
    return [...(wide ? ['the page'] : []), ...(pans ? ['the content'] : [])];
  });
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}
