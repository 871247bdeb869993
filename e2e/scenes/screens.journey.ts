import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from '../begin.ts';
import { type Company, foundCompany, furnishCompany, OWNER } from '../company.ts';
import { speaker } from '../hands/texts.ts';
import { signIn as enter } from '../hands/visitor.ts';
import type { World } from '../world.ts';
import { paint, type Scene, show } from './scene.ts';
import { inside, sceneNames, signIn, welcome } from './scenes.ts';
import { keysOnScreen, overhang, violations } from './screen-checks.ts';

const say = speaker('en');

let world: World;
let page: Page;
let company: Company;

beginWith(async (beginning) => {
  world = beginning.world;
  page = await beginning.open('page');
});

describe('nothing serious for axe in light and dark, no missing text, nothing sideways on a phone', () => {
  it('welcome', async () => {
    await check(welcome);
  });

  it('sign-in', async () => {
    await foundCompany(world, 'en');
    company = await furnishCompany(world, 'en');
    await check(signIn);
    await enter(page, OWNER.email, OWNER.password);
    await page.locator('[data-card]').first().waitFor();
  });

  it.each(sceneNames)('%s', async (name) => {
    await check(inside(company).find((scene) => scene.name === name) ?? welcome);
  });
});

async function check(scene: Scene): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await show(page, scene, say);
  const light = await violations(page);
  await paint(page, 'dark');
  // Nothing but colours changes with the light.
  const dark = await violations(page, ['color-contrast']);
  const rest = { keys: await keysOnScreen(page), overhang: await overhang(page) };
  expect({ light, dark, ...rest }).toEqual({ light: [], dark: [], keys: [], overhang: [] });
}
