import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach } from 'vitest';

const folder = path.resolve(import.meta.dirname, '../../.cache/journeys');

/** Leaves a picture of every page when a test of this file fails. */
export function pictureFailures(pages: () => Readonly<Record<string, Page | undefined>>): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    for (const [name, page] of Object.entries(pages())) {
      if (page === undefined || page.isClosed()) continue;
      await page.screenshot({ path: path.join(folder, `${task.name.slice(0, 60).replace(/\W+/g, '-')}.${name}.png`) });
    }
  });
}
