import type { Browser, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { cardIn, makeFirstAccount, NOBODY_YET, openVisitor, signIn } from './hands/visitor.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let browser: Browser;
let page: Page;

// As `npm start` does it: with a PostgreSQL of its own.
beginWith(
  async (beginning) => {
    ({ world, browser } = beginning);
    page = await beginning.open('page');
  },
  NOBODY_YET,
  startWorld,
);

describe("a newcomer's first minute", () => {
  it('is led to the first account, whatever address was opened', async () => {
    await page.goto('/board/deal');
    await page.waitForURL('**/welcome');
    await page.getByRole('heading', { name: 'Welcome to Signalbox' }).waitFor();
  });

  it('is told beside each field what is missing, and loses nothing', async () => {
    await page.getByLabel('Company').fill('Harbour & Co');
    await page.getByLabel('E-mail').fill('not an address');
    await page.getByLabel(/^Password/).fill('short');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByLabel('Your name').and(page.locator('[aria-invalid=true]')).waitFor();
    expect(await problemOf('E-mail')).toContain('not an e-mail address');
    expect(await problemOf('Password')).toContain('Too short');
    expect(await page.getByLabel('Company').inputValue()).toBe('Harbour & Co');
  });

  it('sees a board with sample deals after one form', async () => {
    await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
    await cardIn(page, 'New', 'Loyalty cards').waitFor();
    await cardIn(page, 'Offer sent', 'Fleet tracking').waitFor();
    expect(await page.getByRole('main').getByRole('link', { name: /–/ }).count()).toBe(10);
  });

  it('signs out, is refused with a wrong password beside the field, and signs in', async () => {
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');

    await signIn(page, 'anna@harbour.test', 'a wrong password');
    await page.getByText('Wrong e-mail or password.').waitFor();
    expect(await problemOf('Password')).toBe('Wrong e-mail or password.');
    expect(await page.getByLabel('E-mail').inputValue()).toBe('anna@harbour.test');

    await signIn(page, 'anna@harbour.test');
    await cardIn(page, 'New', 'Loyalty cards').waitFor();
  });

  it('comes back to the address that asked for signing in', async () => {
    const stranger = await openVisitor(browser, world);
    await stranger.goto('/clients/company');
    await stranger.waitForURL('**/sign-in?*');
    await signIn(stranger, 'anna@harbour.test');
    await stranger.waitForURL('**/clients/company');
    await stranger.getByText('Harbour Bakery').first().waitFor();
    await stranger.context().close();
  });
});

describe('a tab that stays open over a new build', () => {
  it('starts anew when a part of the old one is gone', async () => {
    await page.route('**/assets/search-dialog-*.js', (route) => route.fulfill({ status: 404 }), { times: 1 });
    await page.evaluate(() => document.body.setAttribute('data-same-page', ''));
    await page.keyboard.press('Control+K');
    await page.locator('body:not([data-same-page])').waitFor();
    await cardIn(page, 'New', 'Loyalty cards').waitFor();
    await page.keyboard.press('Control+K');
    await page.getByRole('dialog', { name: 'Search' }).waitFor();
  });
});

/** What stands beside a field as its mistake. */
async function problemOf(label: string): Promise<string> {
  const field = page.getByLabel(new RegExp(`^${label}`));
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
  const texts = await Promise.all(
    ids.filter((id) => id.endsWith('-error')).map((id) => page.locator(`[id="${id}"]`).innerText()),
  );
  return texts.join(' ');
}
