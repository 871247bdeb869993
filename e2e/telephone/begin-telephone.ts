import type { Page } from 'playwright-core';
import { beginWith } from '../begin.ts';
import { makeFirstAccount, PASSWORD } from '../hands/visitor.ts';
import type { World } from '../world.ts';

/** Two who answer the sandbox's line, and a client who is known. */
export interface House {
  readonly world: World;
  /** The administrator, at a desk. */
  readonly anna: Page;
  /** An employee with a telephone, who reads Polish. */
  readonly piotr: Page;
  /** Open with Cleo Client, +48601234567. */
  readonly deal: number;
  readonly line: number;
}

export function beginTelephone(ready: (house: House) => void): void {
  beginWith(async ({ world, open }) => {
    const anna = await open('anna');
    await makeFirstAccount(anna, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
    await world.ask('POST', '/users', {
      email: 'piotr@harbour.test',
      name: 'Piotr',
      role: 'employee',
      password: PASSWORD,
    });
    const piotr = await open('piotr', { viewport: { width: 390, height: 780 }, locale: 'pl-PL' });
    await piotr.goto('/sign-in');
    await piotr.getByLabel('E-mail').fill('piotr@harbour.test');
    await piotr.locator('input[type=password]').fill(PASSWORD);
    await piotr.keyboard.press('Enter');
    await piotr.waitForURL('**/board/**');
    const contact = await world.ask('POST', '/contacts', { name: 'Cleo Client', phones: ['+48601234567'] });
    const deal = (await world.ask('POST', '/items', { type: 'deal', title: 'Ropes', contact: contact.id })).id;
    const line = (await world.ask('GET', '/channels?kind=phone-line')).data[0].id;
    ready({ world, anna, piotr, deal, line });
  });
}

export const cardAt = (page: Page, who: string) => page.getByRole('article').filter({ hasText: who });
