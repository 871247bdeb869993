import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type Company, foundCompany, furnishCompany, OWNER } from './company.ts';
import { pictureFailures } from './failure-pictures.ts';
import { inside, type Scene, sceneNames, show, signIn, welcome } from './scenes.ts';
import { keysOnScreen, overhang } from './screen-checks.ts';
import { speaker } from './texts.ts';
import { NOBODY_YET, openVisitor } from './visitor.ts';
import { startWorld, type World } from './world.ts';

const say = speaker('pl');

let world: World;
let browser: Browser;
let page: Page;
let company: Company;

beforeAll(async () => {
  world = await startWorld(NOBODY_YET);
  browser = await launchBrowser();
  page = await openVisitor(browser, world, { locale: 'pl-PL' });
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

pictureFailures(() => ({ page }));

describe('in Polish no text is missing and nothing pans on a phone', () => {
  it('welcome', async () => {
    await check(welcome);
    expect(await page.getByText(say('welcome.title')).count()).toBe(1);
  });

  it('sign-in', async () => {
    await foundCompany(world, 'pl');
    company = await furnishCompany(world, 'pl');
    await check(signIn);
    await page.getByLabel(say('common.email')).fill(OWNER.email);
    await page.locator('input[type=password]').fill(OWNER.password);
    await page.getByRole('button', { name: say('signIn.enter') }).click();
    await page.locator('[data-card]').first().waitFor();
  });

  it.each(sceneNames)('%s', async (name) => {
    await check(inside(company).find((scene) => scene.name === name) ?? welcome);
  });
});

async function check(scene: Scene): Promise<void> {
  await show(page, scene, say);
  expect({ keys: await keysOnScreen(page), overhang: await overhang(page) }).toEqual({ keys: [], overhang: [] });
}
