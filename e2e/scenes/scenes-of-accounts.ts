import type { Page } from 'playwright-core';
import { OWNER } from '../company.ts';
import { DIALOG, type Scene } from './scene.ts';

type Say = (key: string) => string;

const profile = '/settings/profile';
const people = '/settings/people';
const domains = '/settings/mailDomains';

/** How people come in, and whose mail a domain is. */
export const scenesOfAccounts: readonly Scene[] = [
  {
    name: 'new-authenticator',
    path: profile,
    shown: `${DIALOG} svg[role=img]`,
    press: beginAuthenticator,
  },
  { name: 'invite', path: people, shown: `${DIALOG} form input`, press: openInvite },
  { name: 'dismiss', path: people, shown: `${DIALOG} button`, press: choose('people.dismiss') },
  { name: 'addresses-of-person', path: people, shown: `${DIALOG} input`, press: choose('mail:addresses') },
  { name: 'mail-domain-asked', path: domains, shown: 'main section code', press: askForDomain },
];

/** Before anybody is signed in, or while a session owes something. */
export function scenesAtTheDoor({ invitation }: { readonly invitation: string }): readonly Scene[] {
  const step = { password: true, elsewhere: false, totp: true, passkeys: true, recoveryCodes: true };
  const owing = (owes: string) => ({ '**/api/v1/session/second': { ...step, owes } });
  const asked = { '**/api/v1/password-resets/asked': { email: OWNER.email } };
  return [
    { name: 'invitation', path: invitation, shown: 'input[type=password]', isOutside: true },
    said({ name: 'reset', path: '/reset/asked', shown: 'input[type=password]' }, asked),
    said({ name: 'second-step', path: '/second', shown: 'input[inputmode=numeric]' }, owing('second-factor')),
    said(
      { name: 'second-to-set-up', path: '/second', shown: 'form button[type=submit], #root button' },
      owing('set-up'),
    ),
    said({ name: 'password-to-choose', path: '/second', shown: 'input[type=password]' }, owing('password')),
  ];
}

// What the server says of a session that this browser does not have.
function said(scene: Scene, answers: Readonly<Record<string, object>>): Scene {
  return {
    ...scene,
    isOutside: true,
    press: async (page) => {
      for (const [url, body] of Object.entries(answers))
        await page.route(url, (route) => route.fulfill({ json: body }));
      await page.goto(scene.path);
    },
  };
}

// Whoever signed in long ago is asked for the password first: on a slow machine a walk lasts longer than that.
async function beginAuthenticator(page: Page, say: Say): Promise<void> {
  const secret = 'JBSWY3DPEHPK3PXP';
  const uri = `otpauth://totp/Signalbox:${OWNER.email}?secret=${secret}&issuer=Signalbox`;
  await page.route('**/api/v1/me/totp', (route) => route.fulfill({ json: { secret, uri } }));
  await page.getByRole('button', { name: say('entrance:factors.setUp'), exact: true }).click();
}

async function openInvite(page: Page, say: Say): Promise<void> {
  await page.getByRole('button', { name: say('people.invite') }).click();
}

/** What the menu of the last of the people offers. */
function choose(what: string) {
  return async (page: Page, say: Say): Promise<void> => {
    await page
      .getByRole('button', { name: new RegExp(`^${say('common.more')}`) })
      .last()
      .click();
    await page.getByRole('menuitem', { name: say(what) }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  };
}

async function askForDomain(page: Page, say: Say): Promise<void> {
  const input = page.getByLabel(say('mailDomains:domain'));
  await input.waitFor();
  if ((await page.locator('main section code').count()) > 0) return;
  await input.fill('northwind.example');
  await page.locator('main form button[type=submit]').click();
}
