import type { Locator, Page } from 'playwright-core';

const MOST_PRESSES = 250;

export interface Keys {
  /** Presses Tab until the wanted one has the focus. */
  tabTo(wanted: Locator): Promise<void>;
  /** The same with the arrow down, in menus. */
  arrowTo(wanted: Locator): Promise<void>;
  /** Reaches it by Tab and presses a key there. */
  press(wanted: Locator, key?: string): Promise<void>;
  focused(wanted: Locator): Promise<void>;
}

/** A person who has no mouse. */
export function keysOf(page: Page): Keys {
  const reach = async (wanted: Locator, key: string) => {
    await wanted.first().waitFor();
    for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
      if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
      await page.keyboard.press(key);
    }
    throw new Error(`not reached with ${MOST_PRESSES} presses of ${key}: ${wanted}`);
  };
  return {
    tabTo: (wanted) => reach(wanted, 'Tab'),
    arrowTo: (wanted) => reach(wanted, 'ArrowDown'),
    async press(wanted, key = 'Enter') {
      await reach(wanted, 'Tab');
      await page.keyboard.press(key);
    },
    focused: (wanted) => wanted.and(page.locator(':focus')).waitFor({ state: 'attached' }),
  };
}
