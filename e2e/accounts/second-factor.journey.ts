import { createHmac } from 'node:crypto';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from '../begin.ts';
import { makeFirstAccount, openVisitor, signIn } from '../hands/visitor.ts';
import type { World } from '../world.ts';

const EMAIL = 'anna@harbour.test';
let world: World;
let browser: Browser;
let page: Page;
let byName: BrowserContextOptions;

beginWith(async (beginning) => {
  ({ world, browser } = beginning);
  // Passkeys belong to a name.
  byName = { baseURL: world.place.url.replace('127.0.0.1', 'localhost') };
  page = await beginning.open('page', byName);
  await makeFirstAccount(page, { name: 'Anna Nowak', email: EMAIL, company: 'Harbour & Co' });
});

/** What an authenticator app shows (RFC 6238), of a secret in base 32. */
function codeOf(secret: string, steps = 0): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/\s/g, '')].map((one) => alphabet.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** A telephone or laptop with a finger on it. */
async function plugIn(visitor: Page): Promise<void> {
  const session = await visitor.context().newCDPSession(visitor);
  await session.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
  } as const;
  await session.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, isUserVerified: true } });
}

async function signOut(visitor: Page): Promise<void> {
  // Away from the profile, whose fields are called as those of the sign-in.
  await visitor.goto('/');
  await visitor.evaluate(() => sessionStorage.setItem('email-1-new', 'Dear Cleo'));
  await visitor.getByRole('button', { name: 'Account' }).click();
  await visitor.getByRole('menuitem', { name: 'Sign out' }).click();
  await visitor.waitForURL('**/sign-in');
  // Nothing of theirs stays in the browser.
  await visitor.waitForFunction(() =>
    [localStorage, sessionStorage].every((kept) => Object.keys(kept).every((name) => name === 'signalbox.language')),
  );
}

let secret = '';
let recoveryCode = '';

describe('an authenticator app', () => {
  it('is set up in the profile by its first code, and shows recovery codes once', async () => {
    await page.goto('/settings/profile');
    await page.getByRole('button', { name: 'Set up' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('img', { name: /QR code/ }).waitFor();
    secret = (await dialog.locator('code').textContent()) ?? '';
    await dialog.getByLabel('Code of your app').fill('000000');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.getByText('This code is wrong').waitFor();
    await dialog.getByLabel('Code of your app').fill(codeOf(secret, -1));
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    const codes = await page.getByRole('dialog').locator('code').allTextContents();
    expect(codes).toHaveLength(10);
    recoveryCode = codes[0] ?? '';
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('10 left').waitFor();
  });

  it('is asked for at the next sign-in, and nothing opens before', async () => {
    await signOut(page);
    await signIn(page, EMAIL);
    await page.waitForURL('**/second?*');
    await page.goto('/settings/people');
    await page.waitForURL('**/second?*');
    await page.getByLabel('Code of your app').fill('000000');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('This code is wrong').waitFor();
    await page.getByLabel('Code of your app').fill(codeOf(secret));
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.waitForURL('**/settings/people');
    await page.getByText(EMAIL).first().waitFor();
  });

  it('is replaced by a recovery code, once', async () => {
    await signOut(page);
    await signIn(page, EMAIL);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(recoveryCode.toLowerCase());
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.waitForURL('**/board/deal/*');
  });
});

describe('a passkey', () => {
  it('is added under a name, and signs in without the password', async () => {
    await plugIn(page);
    await page.goto('/settings/profile');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('What you call it').fill('Laptop');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Remove the passkey Laptop' }).waitFor();
    await signOut(page);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL('**/board/deal/*');
  });

  it('is a second factor after the password', async () => {
    await signOut(page);
    await signIn(page, EMAIL);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL('**/board/deal/*');
  });
});

describe('a role that asks for a second factor', () => {
  it('leads a colleague who has none to set one up, and then on', async () => {
    await page.goto('/settings/roles');
    await page.getByRole('link', { name: 'Employee' }).click();
    await page.getByLabel('Asks for a second factor').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').first().waitFor();
    const made = await page.request.post('/api/v1/users', {
      data: { email: 'bob@harbour.test', name: 'Bob', password: 'correct horse battery' },
    });
    expect(made.status()).toBe(201);
    const bob = await openVisitor(browser, world, byName);
    await bob.goto('/settings/profile');
    await signIn(bob, 'bob@harbour.test');
    await bob.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
    await bob.getByRole('button', { name: 'Set up' }).click();
    const theirs = (await bob.getByRole('dialog').locator('code').textContent()) ?? '';
    await bob.getByLabel('Code of your app').fill(codeOf(theirs));
    await bob.getByRole('button', { name: 'Confirm' }).click();
    await bob.getByRole('button', { name: 'I have kept them' }).click();
    await bob.waitForURL('**/settings/profile');
    await bob.getByRole('button', { name: 'Remove the authenticator app' }).click();
    await bob.getByText('this is the last one').waitFor();
    await bob.context().close();
  });

  it('is taken away from the list of people', async () => {
    await page.goto('/settings/people');
    await page.getByRole('button', { name: /: Bob$/ }).click();
    await page.getByRole('menuitem', { name: 'Take second factor away' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Bob signs in with the password alone now').waitFor();
  });
});
