import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { type Keys, keysOf } from './hands/keys.ts';
import { cardIn, makeFirstAccount, PASSWORD } from './hands/visitor.ts';

const DEAL = 'Loyalty cards';

let page: Page;
let tabTo: Keys['tabTo'];
let focused: Keys['focused'];

beginWith(async (beginning) => {
  const first = await beginning.open('first');
  await makeFirstAccount(first, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  await first.context().close();
  page = await beginning.open('page');
  ({ tabTo, focused } = keysOf(page));
});

describe('by keyboard alone', () => {
  it('signs in', async () => {
    await page.goto('/');
    await tabTo(page.getByLabel('E-mail'));
    await page.keyboard.type('anna@harbour.test');
    await tabTo(page.getByLabel(/^Password/));
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await cardIn(page, 'New', DEAL).waitFor();
  });

  it('skips the rail and shows where the focus is', async () => {
    await page.reload();
    await cardIn(page, 'New', DEAL).waitFor();
    await page.keyboard.press('Tab');
    await focused(page.getByRole('link', { name: 'Skip to content' }));
    await page.keyboard.press('Enter');
    await focused(page.getByRole('main'));
    await tabTo(cardIn(page, 'New', DEAL));
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
    expect(outline).not.toBe('none');
  });

  it('carries a card to the next stage, and puts another back with Escape', async () => {
    await page.keyboard.press('Space');
    await said(`${DEAL} – Harbour Bakery lifted`);
    await page.keyboard.press('ArrowRight');
    await said('Over Contact made');
    await page.keyboard.press('Escape');
    await said('Put back');
    expect(await cardIn(page, 'Contact made', DEAL).count()).toBe(0);

    await page.keyboard.press('Space');
    await said(`${DEAL} – Harbour Bakery lifted`);
    await page.keyboard.press('ArrowRight');
    await said('Over Contact made');
    await page.keyboard.press('Space');
    await focused(cardIn(page, 'Contact made', DEAL));
    await page.reload();
    await cardIn(page, 'Contact made', DEAL).waitFor();
  });

  it('opens a card, writes a comment and goes back to the same card', async () => {
    await tabTo(cardIn(page, 'Contact made', DEAL));
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: DEAL });
    await tabTo(panel.getByRole('textbox', { name: 'Comment' }));
    await page.keyboard.type('Wants them printed by Friday.');
    await page.keyboard.press('Control+Enter');
    await panel.getByRole('list', { name: 'Timeline' }).getByText('Wants them printed by Friday.').waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await focused(cardIn(page, 'Contact made', DEAL));
  });

  it('finds a screen by the search and adds a trigger there', async () => {
    await page.keyboard.press('Control+K');
    await focused(page.getByRole('combobox', { name: 'Search items, clients, tasks, commands' }));
    // The answers come late: what stands there for a moment is of the first letter, and Enter means what is typed.
    await page.route('**/api/v1/search?*', (route) => setTimeout(() => void route.continue(), 400));
    await page.keyboard.type('a');
    await page
      .getByRole('option', { name: /Deal · / })
      .first()
      .waitFor();
    await page.keyboard.type('utomation deal');
    await page.getByRole('option', { name: 'Automation: Sales (Deal)' }).waitFor();
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: 'Automation', exact: true }).waitFor();
    await tabTo(page.getByRole('button', { name: 'Add to Offer sent' }));
    await page.keyboard.press('Enter');
    const catalogue = page.getByRole('dialog', { name: 'Triggers and automation rules' });
    await focused(catalogue.getByLabel('Search by name or by what it does'));
    await page.keyboard.type('e-mail opened');
    await tabTo(catalogue.getByRole('button', { name: 'Add “E-mail opened”' }));
    await page.keyboard.press('Enter');

    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.waitFor();
    await tabTo(settings.getByLabel('Trigger name'));
    await page.keyboard.type('Offer read');
    await tabTo(settings.getByRole('button', { name: 'Save' }));
    await page.keyboard.press('Enter');
    await settings.waitFor({ state: 'detached' });

    const bar = page.getByRole('region', { name: 'Unsaved changes' });
    await tabTo(bar.getByRole('button', { name: 'Save' }));
    await page.keyboard.press('Enter');
    await bar.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('list', { name: 'Triggers of Offer sent' }).getByText('Offer read').waitFor();
  });
});

/** What a screen reader is told. */
async function said(text: string): Promise<void> {
  await page.locator('[aria-live]').filter({ hasText: text }).first().waitFor({ state: 'attached' });
}
