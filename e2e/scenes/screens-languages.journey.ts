import { languages } from '@signalbox/automation/kit/words/languages.ts';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { beginWith } from '../begin.ts';
import { type Company, foundCompany, furnishCompany, OWNER } from '../company.ts';
import { speaker, wholeTexts } from '../hands/texts.ts';
import type { World } from '../world.ts';
import { type Scene, show } from './scene.ts';
import { inside, sceneNames, signIn, welcome } from './scenes.ts';
import { cutOff, keysOnScreen, overhang } from './screen-checks.ts';

let world: World;
let page: Page;
let company: Company;

beginWith(async (beginning) => {
  world = beginning.world;
  page = await beginning.open('page', { locale: 'pl-PL' });
});

describe('a browser that speaks Polish', () => {
  const say = speaker('pl');

  it('is welcomed in Polish', async () => {
    await check(welcome, 'pl');
    expect(await page.getByText(say('welcome.title')).count()).toBe(1);
  });

  it('signs in in Polish', async () => {
    await foundCompany(world, 'pl');
    company = await furnishCompany(world, 'pl');
    await check(signIn, 'pl');
    await page.getByLabel(say('common.email')).fill(OWNER.email);
    await page.locator('input[type=password]').fill(OWNER.password);
    await page.getByRole('button', { name: say('signIn.enter') }).click();
    await page.locator('[data-card]').first().waitFor();
  });
});

describe.each(languages.filter((language) => language !== 'en'))(
  'in %s no text is missing or cut off and nothing pans on a phone',
  (language) => {
    beforeAll(async () => {
      await world.api('PATCH', '/api/v1/me', { language });
    });

    it.each(sceneNames)('%s', async (name) => {
      await check(inside(company).find((scene) => scene.name === name) ?? welcome, language);
    });
  },
);

async function check(scene: Scene, language: string): Promise<void> {
  await show(page, scene, speaker(language));
  const texts = wholeTexts(language);
  const wide = [...(await keysOnScreen(page)).map((key) => `no text ${key}`), ...(await cutOff(page, texts))];
  const pans = (await overhang(page)).map((what) => `at 390 px ${what} pans`);
  await page.setViewportSize({ width: 390, height: 844 });
  const narrow = (await cutOff(page, texts)).map((cut) => `at 390 px ${cut}`);
  await page.setViewportSize({ width: 1440, height: 900 });
  expect([...wide, ...pans, ...narrow]).toEqual([]);
}
