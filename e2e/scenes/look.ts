import type { Page } from 'playwright-core';
import { speaker, spoken } from '../hands/texts.ts';
import { arrived } from './pulse.ts';
import { paint, rest, type Scene, show } from './scene.ts';
import { cutOff, DESK, keysOnScreen, leftBehind, PHONE, panning, violations } from './screen-checks.ts';

/** How the language of a screen is changed while it stays as it is. */
export interface Tongue {
  /** What the screen speaks when it is brought up. */
  readonly first: string;
  change(language: string): Promise<void>;
}

/**
 * Brings a page to a scene once and tells what is wrong there: for axe in light and dark, then in every language, at a
 * desk and on a phone.
 */
export async function look(page: Page, scene: Scene, { first, change }: Tongue): Promise<string[]> {
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: 'light' });
  await show(page, scene, speaker(first));
  const found = await violations(page);
  await paint(page, 'dark');
  // Nothing but colours changes with the light.
  found.push(...(await violations(page, ['color-contrast'])).map((one) => `dark: ${one}`));

  found.push(...(await measure(page, first)));
  for (const language of spoken.filter((one) => one !== first)) {
    await change(language);
    await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
    await arrived(page);
    await rest(page);
    found.push(...(await leftBehind(page, first, language)), ...(await measure(page, language)));
  }
  return found;
}

// The screen is resized once for each language: the next one begins at the width at which the last one ended.
async function measure(page: Page, language: string): Promise<string[]> {
  const found = (await keysOnScreen(page)).map((key) => `no text ${key}`);
  const isAtDesk = page.viewportSize()?.width === DESK.width;
  for (const size of isAtDesk ? [DESK, PHONE] : [PHONE, DESK]) {
    await page.setViewportSize(size);
    const pans = size === PHONE ? (await panning(page)).map((what) => `${what} pans`) : [];
    found.push(...[...(await cutOff(page, language)), ...pans].map((what) => `at ${size.width} px ${what}`));
  }
  return found.map((what) => `${language}: ${what}`);
}
