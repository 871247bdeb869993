import type { Page } from 'playwright-core';
import { expect } from 'vitest';
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
  // biome-ignore lint/suspicious/noExplicitAny: a journey reads what it expects to be there
  ask(method: string, path: string, body?: object): Promise<any>;
}

export function beginTelephone(ready: (house: House) => void): void {
  beginWith(async ({ world, open }) => {
    const ask: House['ask'] = async (method, path, body) => {
      const answer = await world.api(method, `/api/v1${path}`, body);
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
      return answer.body;
    };
    const anna = await open('anna');
    await makeFirstAccount(anna, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
    await ask('POST', '/users', { email: 'piotr@harbour.test', name: 'Piotr', role: 'employee', password: PASSWORD });
    const piotr = await open('piotr', { viewport: { width: 390, height: 780 }, locale: 'pl-PL' });
    await piotr.goto('/sign-in');
    await piotr.getByLabel('E-mail').fill('piotr@harbour.test');
    await piotr.locator('input[type=password]').fill(PASSWORD);
    await piotr.keyboard.press('Enter');
    await piotr.waitForURL('**/board/**');
    const contact = await ask('POST', '/contacts', { name: 'Cleo Client', phones: ['+48601234567'] });
    const deal = (await ask('POST', '/items', { type: 'deal', title: 'Ropes', contact: contact.id })).id;
    const line = (await ask('GET', '/channels?kind=phone-line')).data[0].id;
    ready({ world, anna, piotr, deal, line, ask });
  });
}

export const cardAt = (page: Page, who: string) => page.getByRole('article').filter({ hasText: who });
