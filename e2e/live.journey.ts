import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { speaker } from './hands/texts.ts';
import { makeFirstAccount } from './hands/visitor.ts';
import type { World } from './world.ts';

const say = speaker('en');

let world: World;
let page: Page;

beginWith(async (beginning) => {
  world = beginning.world;
  page = await beginning.open('page');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
});

const make = async (path: string, body: object): Promise<number> => {
  const answer = await world.api('POST', `/api/v1${path}`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
};

describe('a screen that stays open', () => {
  it('gets the contact that somebody else has just written down', async () => {
    await page.goto('/clients/contact');
    await page.getByRole('heading', { name: say('shell.clients') }).waitFor({ state: 'attached' });
    await make('/contacts', { name: 'Ewa Kowalska' });
    await page.getByText('Ewa Kowalska').waitFor();
  });

  it('gets the mailbox that somebody else has just connected', async () => {
    await page.goto('/settings/mailboxes');
    await page.getByText('sales@sandbox.test').first().waitFor();
    await make('/channels', {
      ...{ kind: 'mailbox', provider: 'sandbox', name: 'Harbour counter' },
      settings: { address: 'counter@harbour.test' },
    });
    await page.getByText('counter@harbour.test').first().waitFor();
  });

  it('gets what happens on its item, to the delivery of a letter', async () => {
    const contact = await make('/contacts', { name: 'Jan Client', emails: ['jan@client.test'] });
    const item = await make('/items', { type: 'deal', title: 'Rope', contact });
    await page.goto(`/items/${item}`);
    const timeline = page.getByRole('list', { name: say('item.tabs.timeline') });
    await timeline.waitFor();
    await make(`/items/${item}/comments`, { text: 'Called, wants rope by Friday' });
    await timeline.getByText('Called, wants rope by Friday').waitFor();
    await make(`/items/${item}/emails`, { subject: 'Offer for rope', text: 'Here it is.' });
    const letter = timeline.getByRole('listitem').filter({ hasText: 'Offer for rope' });
    await letter.getByText(say('email.delivery.sent')).waitFor();
  });

  it('gets the mail that the sandbox has just kept, at its old address too', async () => {
    const contact = await make('/contacts', { name: 'Lea', emails: ['lea@client.test'] });
    const item = await make('/items', { type: 'deal', title: 'Sails', contact });
    await page.goto('/mail');
    await page.waitForURL('**/sandbox/mailbox');
    await page.getByRole('tab', { name: 'Mailboxes', selected: true }).waitFor();
    await make(`/items/${item}/emails`, { subject: 'Offer for sails', text: 'Here it is.' });
    const kept = page.getByRole('navigation', { name: say('sandbox.kept') });
    await kept.getByRole('button', { name: 'Offer for sails' }).waitFor();
  });

  it('asks nothing anew when something happens on another item', async () => {
    const [shown, other] = [
      await make('/items', { type: 'deal', title: 'Shown' }),
      await make('/items', { type: 'deal', title: 'Other' }),
    ];
    await page.goto(`/items/${shown}`);
    const timeline = page.getByRole('list', { name: say('item.tabs.timeline') });
    await timeline.waitFor();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await make(`/items/${other}/comments`, { text: 'Elsewhere' });
    await make(`/items/${shown}/comments`, { text: 'Here' });
    await timeline.getByText('Here', { exact: true }).waitFor();
    expect(asked).toContain(`/api/v1/items/${shown}/timeline`);
    expect(asked.filter((path) => path.includes(`/items/${other}/`))).toEqual([]);
    expect(asked.filter((path) => path === `/api/v1/items/${shown}`)).toEqual([]);
  });
});
