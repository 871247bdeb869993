import type { Page } from 'playwright-core';

/** One screen as a person may have it before them. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  /** What has to be on it before it counts as shown; by nature of the thing, not by its words. */
  readonly shown: string;
  /** What has to be pressed to come there. */
  readonly press?: (page: Page, say: (key: string) => string) => Promise<void>;
  /** Stands outside the frame of all pages, which hears of a change of the language: it is brought up again for each. */
  readonly isOutside?: true;
}

export const DIALOG = '[role=dialog]';

const STILL_FRAMES = 3;
const LOADING = '.mantine-Skeleton-root, .mantine-Loader-root';

/** Switches the appearance and waits until every colour has arrived. */
export async function paint(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' });
  await rest(page);
}

/** Waits until nothing moves or fades any more. */
export async function rest(page: Page): Promise<void> {
  await page.evaluate(async (stillFrames) => {
    const isPassing = ({ effect }: Animation) => effect?.getTiming().iterations !== Number.POSITIVE_INFINITY;
    // A colour that is inherited arrives a frame later at each step down.
    for (let still = 0; still < stillFrames; still += 1) {
      await new Promise(requestAnimationFrame);
      if (document.getAnimations().some(isPassing)) still = 0;
    }
  }, STILL_FRAMES);
}

/** Brings a page to a scene and waits until it rests. */
export async function show(page: Page, scene: Scene, say: (key: string) => string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(scene.path);
  await scene.press?.(page, say);
  await page.locator(scene.shown).first().waitFor();
  await page.locator(LOADING).first().waitFor({ state: 'detached' });
  await rest(page);
}
