import type { Locator, Page } from 'playwright-core';

const MOST_TABS = 120;

export interface Keys {
  /** Presses Tab until the wanted one has the focus. */
  tabTo(wanted: Locator): Promise<void>;
  /** Reaches it by Tab and presses a key there. */
  press(wanted: Locator, key?: string): Promise<void>;
  focused(wanted: Locator): Promise<void>;
}

/** A person who has no mouse. */
export function keysOf(page: Page): Keys {
  const tabTo = async (wanted: Locator) => {
    await wanted.first().waitFor();
    for (let presses = 0; presses < MOST_TABS; presses += 1) {
      if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`not reached with ${MOST_TABS} presses of Tab: ${wanted}`);
  };
  return {
    tabTo,
    async press(wanted, key = 'Enter') {
      await tabTo(wanted);
      await page.keyboard.press(key);
    },
    focused: (wanted) => wanted.and(page.locator(':focus')).waitFor({ state: 'attached' }),
  };
}
