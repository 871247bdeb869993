import type { Page } from 'playwright-core';
import { afterAll, describe, it } from 'vitest';
import { beginWith } from '../begin.ts';
import { startIssuer } from '../hands/issuer.ts';
import { makeFirstAccount, NOBODY_YET } from '../hands/visitor.ts';

const issuer = await startIssuer();
const LONG_AGO = 1_000;
const nina = { sub: 'nina', email: 'nina@harbour.test', email_verified: true, name: 'Nina Sand' };
let page: Page;

beginWith(
  async ({ world, open }) => {
    // The issuer leads back to PUBLIC_URL.
    const byName = { baseURL: world.place.url.replace('127.0.0.1', 'localhost') };
    const anna = await open('anna', byName);
    await makeFirstAccount(anna, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
    page = await open('page', byName);
  },
  { ...NOBODY_YET, ...issuer.environment, OIDC_DOMAINS: 'harbour.test' },
);
afterAll(() => issuer.stop());

const prompt = () => page.getByRole('dialog', { name: 'Is it you?' });

/** What opens beside the screen when its button is pressed. */
async function again(): Promise<Page> {
  const opened = page.waitForEvent('popup');
  await prompt().getByRole('button', { name: 'Sign in again with Harbour ID' }).click();
  return opened;
}

describe('signing in elsewhere', () => {
  it('says on the sign-in screen why it did not work', async () => {
    issuer.says({ ...nina, email_verified: false });
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Sign in with Harbour ID' }).click();
    await page.getByText('has not checked your e-mail address').waitFor();
  });

  it('lets a newcomer of the house in', async () => {
    issuer.says({ ...nina, auth_time: LONG_AGO });
    await page.getByRole('link', { name: 'Sign in with Harbour ID' }).click();
    await page.waitForURL('**/board/deal/*');
  });

  it('confirms there who it is before a key is made, and nobody else does it for them', async () => {
    await page.goto('/settings/keys');
    await page.getByRole('button', { name: 'Create' }).first().click();
    await page.getByRole('menuitem', { name: 'API key' }).click();
    await page.getByLabel('What is it for?').fill('Bookkeeping');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    issuer.says({ ...nina, sub: 'bob' });
    const wrong = await again();
    await wrong.getByText('That was somebody else').waitFor();
    await wrong.getByRole('button', { name: 'Close the window' }).click();
    await prompt().waitFor();
    issuer.says(nina);
    await again();
    await prompt().waitFor({ state: 'detached' });
    await page.getByText('Copy it now: it is not shown again.').waitFor();
  });
});
