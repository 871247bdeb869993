import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../../e2e/hands/browser.ts';
import type { Place } from '../../outside/server.ts';
import { watchPaint } from './in-page.ts';

export interface BenchBrowser {
  readonly browser: Browser;
  /** Signed in as the first account. */
  readonly page: Page;
  close(): Promise<void>;
}

/** The project's own Chromium, headless, with motion as most people have it. */
export async function openBenchBrowser({ url, environment }: Place): Promise<BenchBrowser> {
  const browser = await launchBrowser();
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  context.setDefaultTimeout(30_000);
  await context.addInitScript(watchPaint);
  const page = await context.newPage();
  const data = { email: environment.SIGNALBOX_ADMIN_EMAIL, password: environment.SIGNALBOX_ADMIN_PASSWORD };
  const answer = await page.request.post('/api/v1/session', { data, headers: { origin: url } });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
  return { browser, page, close: () => browser.close() };
}
