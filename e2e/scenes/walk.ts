import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { beginWith } from '../begin.ts';
import { type Company, foundCompany, furnishCompany, OWNER } from '../company.ts';
import { speaker } from '../hands/texts.ts';
import type { World } from '../world.ts';
import { look, type Tongue } from './look.ts';
import { feelPulse, hears, skipTransitions } from './pulse.ts';
import type { Scene } from './scene.ts';
import { inside, sceneNames, signIn, welcome } from './scenes.ts';

const title = 'nothing serious for axe; in every language no text missing or cut off, nothing that pans on a phone';

/** A part of the walk over all screens, each with a company of its own, so that the parts can go side by side. */
export function walk({ part, of }: { part: number; of: number }): void {
  let world: World;
  let page: Page;
  let company: Company;
  const sayPolish = speaker('pl');
  const english: Tongue = { first: 'en', change: speakOnScreen };
  const anew: Tongue = { first: 'en', change: remember };
  const front: Tongue = { first: 'pl', change: chooseAtTheDoor };

  beginWith(async (beginning) => {
    world = beginning.world;
    page = await beginning.open('page', { locale: 'pl-PL' });
    await feelPulse(page);
    await skipTransitions(page);
  });

  describe(`before anybody signed in: ${title}`, () => {
    it('welcome', async () => {
      await page.goto(welcome.path);
      // By the browser's language.
      await page.getByText(sayPolish('welcome.title')).waitFor();
      if (part === 1) expect(await look(page, welcome, front)).toEqual([]);
      await chooseAtTheDoor('pl');
    });

    it('sign-in', async () => {
      // What people write is Polish here, what the screens say is not: English that stays behind is theirs.
      await foundCompany(world, 'pl');
      company = await furnishCompany(world, 'pl');
      if (part === 1) expect(await look(page, signIn, front)).toEqual([]);
      await page.goto(signIn.path);
      await chooseAtTheDoor('pl');
      await page.getByLabel(sayPolish('common.email')).fill(OWNER.email);
      await page.locator('input[type=password]').fill(OWNER.password);
      await page.getByRole('button', { name: sayPolish('signIn.enter') }).click();
      await page.locator('[data-card]').first().waitFor();
    });
  });

  describe(title, () => {
    beforeEach(() => speak('en'));

    it.each(sceneNames.filter((_, index) => index % of === part - 1))('%s', async (name) => {
      const scene = sceneNamed(name);
      if (scene.isOutside) await remember('en');
      expect(await look(page, scene, scene.isOutside ? anew : english)).toEqual([]);
    });
  });

  // In place: the screen hears that it was changed on another machine of the same person.
  async function speakOnScreen(language: string): Promise<void> {
    await hears(page);
    await speak(language);
  }

  // As the browser does for those whom it does not know.
  async function remember(language: string): Promise<void> {
    await page.evaluate((spoken) => localStorage.setItem('signalbox.language', spoken), language);
    await page.reload();
  }

  async function speak(language: string): Promise<void> {
    await world.api('PATCH', '/api/v1/me', { language });
  }

  async function chooseAtTheDoor(language: string): Promise<void> {
    const name = new Intl.DisplayNames(language, { type: 'language' }).of(language);
    await page.getByRole('combobox').last().click();
    await page.getByRole('option', { name }).click();
  }

  function sceneNamed(name: string): Scene {
    const scene = inside(company).find((one) => one.name === name);
    if (scene === undefined) throw new Error(`no scene ${name}`);
    return scene;
  }
}
