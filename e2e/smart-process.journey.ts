import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { cardIn, goTo, makeFirstAccount, PASSWORD, signIn } from './hands/visitor.ts';
import type { World } from './world.ts';

const TITLE = 'Pump leaks';

let world: World;
let anna: Page;
let ben: Page;

beginWith(async (beginning) => {
  world = beginning.world;
  anna = await beginning.open('anna');
  ben = await beginning.open('ben');
  await makeFirstAccount(anna, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
});

describe('a smart process, from nothing to an item that moves itself', () => {
  it('is made from the type switch of the board, with stages to begin with', async () => {
    await anna.getByRole('button', { name: 'Create a smart process' }).click();
    await dialog().getByLabel('Name of one').fill('Deal');
    await dialog().getByLabel('Name of many').fill('Service requests');
    await dialog().getByRole('button', { name: 'Create' }).click();
    await dialog().getByText('This name means something here already').waitFor();

    await dialog().getByLabel('Name of one').fill('Service request');
    await dialog().getByRole('radio', { name: 'Wrench' }).click();
    await dialog().getByRole('button', { name: 'Create' }).click();
    await anna.waitForURL('**/board/service-request/*');
    await anna.getByRole('tab', { name: 'Service requests', selected: true }).waitFor();
    for (const stage of ['New', 'In work', 'To be checked', 'Done', 'Cancelled'])
      await anna.getByRole('region', { name: stage, exact: true }).waitFor();
  });

  it('gets its first item by the + menu', async () => {
    await goTo(anna, 'CRM');
    await anna.getByRole('button', { name: 'New', exact: true }).click();
    await anna.getByRole('menuitem', { name: 'Service request' }).click();
    await anna.getByRole('textbox', { name: 'Title' }).fill(TITLE);
    await anna.keyboard.press('Enter');
    await cardIn(anna, 'New', TITLE).waitFor();
  });

  it('gets a field of its own in the open item', async () => {
    await cardIn(anna, 'New', TITLE).click();
    await anna.getByText(/^Service request #\d+$/).waitFor();
    await anna.getByRole('button', { name: 'Create field' }).click();
    const form = anna.getByRole('dialog', { name: 'Create field' });
    await form.getByLabel('Name').fill('Serial number');
    await form.getByRole('button', { name: 'Create' }).click();
    await anna.getByRole('button', { name: 'Edit Serial number' }).click();
    await anna.getByLabel('Serial number').last().fill('A-7');
    await anna.keyboard.press('Enter');
    await anna.getByText('A-7').waitFor();
    await anna.getByRole('button', { name: 'Close' }).click();
  });

  it('gets a trigger on its automation screen, whose address names the process', async () => {
    await anna.getByRole('main').getByRole('link', { name: 'Automation' }).click();
    // The board that is being left has buttons of the same name.
    await anna.getByRole('heading', { name: 'Automation' }).waitFor();
    await anna.getByRole('button', { name: 'Add to In work' }).click();
    const catalogue = anna.getByRole('dialog', { name: 'Triggers and automation rules' });
    await catalogue.getByLabel('Search by name or by what it does').fill('webhook');
    await catalogue.getByRole('button', { name: 'Add “Webhook”', exact: true }).click();
    const settings = anna.getByRole('dialog', { name: 'Settings' });
    await settings
      .getByText(/target=DYNAMIC_\d+_123/)
      .first()
      .waitFor();
    await settings.getByLabel(/^Code/).fill('pump-on-its-way');
    await settings.getByRole('button', { name: 'Save' }).click();
    const unsaved = anna.getByRole('region', { name: 'Unsaved changes' });
    await unsaved.getByRole('button', { name: 'Save' }).click();
    await unsaved.waitFor({ state: 'detached' });
  });

  it('moves the item on the open board when another system calls', async () => {
    await goTo(anna, 'CRM');
    await anna.getByRole('tab', { name: 'Service requests' }).click();
    await cardIn(anna, 'New', TITLE).waitFor();
    const { body } = await world.api('GET', '/api/v1/items?type=service-request');
    const signal = { kind: 'webhook.called', item: body.data[0].id, payload: { code: 'pump-on-its-way' } };
    expect((await world.api('POST', '/api/v1/signals', signal)).status).toBe(202);
    await cardIn(anna, 'In work', TITLE).waitFor();
  });

  it('is listed, searched and counted like deals', async () => {
    await anna.getByRole('link', { name: 'List' }).click();
    const row = anna.getByRole('row').filter({ hasText: TITLE });
    await row.getByText('In work').waitFor();
    await anna.keyboard.press('Control+k');
    await anna.getByRole('dialog').getByRole('combobox').fill('Pump');
    await anna.getByText('Service request · In work').waitFor();
    await anna.keyboard.press('Escape');
  });

  it('is used by an employee, who makes none', async () => {
    await world.api('POST', '/api/v1/users', {
      ...{ email: 'ben@harbour.test', name: 'Ben Carter', role: 'employee', password: PASSWORD },
    });
    await ben.goto('/');
    await signIn(ben, 'ben@harbour.test');
    await ben.getByRole('tab', { name: 'Service requests' }).click();
    await cardIn(ben, 'In work', TITLE).waitFor();
    expect(await ben.getByRole('button', { name: 'Create a smart process' }).count()).toBe(0);
    await goTo(ben, 'Settings');
    await ben.getByRole('link', { name: 'Smart processes' }).click();
    await ben.getByText('An administrator makes and changes them.').waitFor();
    expect(await ben.getByRole('button', { name: /More actions/ }).count()).toBe(0);
    await ben.getByRole('link', { name: 'Service requests' }).click();
    await cardIn(ben, 'In work', TITLE).waitFor();
  });

  it('is not deleted while it has items, and is renamed everywhere', async () => {
    await goTo(anna, 'Settings');
    await anna.getByRole('link', { name: 'Smart processes' }).click();
    await anna.getByRole('button', { name: 'More actions: Service request' }).click();
    await anna.getByRole('menuitem', { name: 'Delete' }).click();
    await dialog().getByRole('button', { name: 'Delete for good' }).click();
    await dialog().getByRole('alert').getByText('Service requests: 1 item').waitFor();
    await anna.keyboard.press('Escape');

    await anna.getByRole('button', { name: 'More actions: Service request' }).click();
    await anna.getByRole('menuitem', { name: 'Change' }).click();
    await dialog().getByLabel('Name of one').fill('Repair');
    await dialog().getByLabel('Name of many').fill('Repairs');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await anna.getByRole('link', { name: 'Repairs' }).click();
    await anna.waitForURL('**/board/service-request/*');
    await cardIn(anna, 'In work', TITLE).waitFor();
    // Whoever looks on sees the new name at once.
    await ben.getByRole('tab', { name: 'Repairs', selected: true }).waitFor();
  });
});

const dialog = () => anna.getByRole('dialog');
