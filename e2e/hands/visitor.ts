import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { World } from '../world.ts';

export const PASSWORD = 'correct horse battery';
/** A server that waits for its first account. */
export const NOBODY_YET = { SIGNALBOX_ADMIN_EMAIL: undefined, SIGNALBOX_ADMIN_PASSWORD: undefined };

const patienceMs = 60_000;

/** Somebody with a browser of their own: nothing is shared with anyone else's. */
export async function openVisitor(
  browser: Browser,
  { place }: World,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: place.url,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Warsaw',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  return context.newPage();
}

interface Newcomer {
  readonly name: string;
  readonly email: string;
  readonly company: string;
}

/** The first account by the page itself, with the sample deals; ends on the board. */
export async function makeFirstAccount(page: Page, { name, email, company }: Newcomer): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Company').fill(company);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForURL('**/board/deal/*');
}

export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** By the rail on the left. */
export const goTo = (page: Page, place: string) =>
  page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: place }).click();

/** A column of the board, by the name of its stage. */
export const column = (page: Page, stage: string) => page.getByRole('region', { name: stage, exact: true });
export const cardIn = (page: Page, stage: string, title: string) =>
  column(page, stage).getByRole('link', { name: title });
