import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { pictureFailures } from './hands/failure-pictures.ts';
import { joinBrowser, startGuest } from './hands/guest.ts';
import { NOBODY_YET, openVisitor } from './hands/visitor.ts';
import type { World } from './world.ts';

/** What the journeys of one file have to themselves. */
export interface Beginning {
  readonly world: World;
  readonly browser: Browser;
  /** Somebody with a browser of their own; whatever fails leaves a picture of what they see, under this name. */
  open(name: string, options?: BrowserContextOptions): Promise<Page>;
}

/**
 * A server of its own, waiting for its first account, and a browser; both are closed behind the journeys of the file.
 * `start`: how the server is begun where it is not to be a guest of the run's PostgreSQL.
 */
export function beginWith(
  prepare: (beginning: Beginning) => Promise<void>,
  environment: NodeJS.ProcessEnv = NOBODY_YET,
  start: (environment: NodeJS.ProcessEnv) => Promise<World> = startGuest,
): void {
  const pages = new Map<string, Page>();
  let world: World | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    const begun = { world: await start(environment), browser: await joinBrowser() };
    ({ world, browser } = begun);
    await prepare({
      ...begun,
      async open(name, options) {
        const page = await openVisitor(begun.browser, begun.world, options);
        pages.set(name, page);
        return page;
      },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });
  pictureFailures(() => Object.fromEntries(pages));
}
