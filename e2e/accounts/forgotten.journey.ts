import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { beginWith } from '../begin.ts';
import { makeFirstAccount, PASSWORD, signIn } from '../hands/visitor.ts';
import type { World } from '../world.ts';

const EMAIL = 'bob@harbour.test';
const NEW = 'a wholly new password';
let world: World;
let anna: Page;
let bob: Page;
/** Where the letters lead, the newest first. */
let links: string[] = [];

beginWith(async (beginning) => {
  world = beginning.world;
  anna = await beginning.open('anna');
  await makeFirstAccount(anna, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  bob = await beginning.open('bob');
});

beforeAll(async () => {
  const made = await anna.request.post('/api/v1/users', { data: { email: EMAIL, name: 'Bob', password: PASSWORD } });
  expect(made.status()).toBe(201);
});

const kept = () => anna.getByRole('navigation', { name: 'Mail that was kept' });
const lettersTo = () => kept().getByRole('button').filter({ hasText: EMAIL });

async function askForLink(email: string): Promise<void> {
  await bob.goto('/sign-in');
  await bob.getByRole('link', { name: 'Forgotten your password?' }).click();
  // The sign-in page, which has an e-mail too, stays until the next one is there.
  await bob.getByRole('heading', { name: 'A new password' }).waitFor();
  await bob.getByLabel('E-mail').fill(email);
  await bob.getByRole('button', { name: 'Send me a link' }).click();
  await bob.getByText(`If somebody works here under ${email}`).waitFor();
}

describe('a forgotten password', () => {
  it('is asked for in the same words, whoever has the address; letters come to those who work here', async () => {
    await askForLink('nobody@harbour.test');
    await askForLink(EMAIL);
    await anna.goto('/sandbox/mailbox');
    await lettersTo().first().waitFor();
    await askForLink(EMAIL);
    await lettersTo().nth(1).waitFor();
    links = await linksIn(await lettersTo().count());
    expect(new Set(links).size).toBe(2);
    expect(await kept().getByText('nobody@harbour.test').count()).toBe(0);
  });

  it('is chosen anew at the link, which says what is wrong with a short one', async () => {
    await bob.goto(links[0] ?? '');
    await bob.getByLabel(/^New password/).fill('short');
    await bob.getByRole('button', { name: 'Choose it' }).click();
    await bob.getByText('12 characters').first().waitFor();
    await bob.getByLabel(/^New password/).fill(NEW);
    await bob.getByRole('button', { name: 'Choose it' }).click();
    await bob.waitForURL('**/sign-in');
  });

  it('opens, and the one before opens no more', async () => {
    await signIn(bob, EMAIL);
    await bob.getByText(/wrong/i).first().waitFor();
    await signIn(bob, EMAIL, NEW);
    await bob.waitForURL('**/board/deal/*');
  });

  it('is chosen once: the used link says so, and so do an older and a guessed one', async () => {
    const guessed = `${world.place.url}/reset/guessed`;
    for (const link of [...links, guessed]) {
      await bob.goto(link);
      await bob.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
      await bob.getByText('It works once, within an hour.').waitFor();
      expect(await bob.locator('input[type=password]').count()).toBe(0);
      await bob.getByRole('link', { name: 'Send me a link' }).waitFor();
    }
  });

  it('is told to whose it is, by mail', async () => {
    await kept().getByRole('button', { name: 'Your password was changed' }).click();
    await anna.getByRole('article').getByText('was set anew by a link').waitFor();
  });
});

async function linksIn(count: number): Promise<string[]> {
  const found = [];
  for (let n = 0; n < count; n += 1) {
    await lettersTo().nth(n).click();
    await lettersTo().nth(n).and(anna.locator('[aria-current=true]')).waitFor();
    const letter = anna.getByRole('article');
    await letter.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    const text = (await letter.textContent()) ?? '';
    found.push(/http\S+\/reset\/[\w-]+/.exec(text)?.[0] ?? '');
  }
  return found;
}
