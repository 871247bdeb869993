import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { goTo, makeFirstAccount, PASSWORD, signIn } from './hands/visitor.ts';
import type { World } from './world.ts';

let world: World;
let anna: Page;
let open: (name: string) => Promise<Page>;

beginWith(async (beginning) => {
  world = beginning.world;
  open = (name) => beginning.open(name);
  anna = await open('anna');
  await makeFirstAccount(anna, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
});

const hire = async (name: string, role: string): Promise<number> =>
  (
    await world.api('POST', '/api/v1/users', {
      ...{ email: `${name.toLowerCase()}@harbour.test`, name, role, password: PASSWORD },
    })
  ).body.id;

const settings = async (page: Page, section: string) => {
  await page.keyboard.press('Escape');
  await goTo(page, 'Settings');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: section }).click();
  await page.getByRole('heading', { name: section, level: 1 }).waitFor();
};
const menuOf = async (page: Page, name: string) => {
  await page.getByRole('button', { name: `More actions: ${name}`, exact: true }).click();
  await page.getByRole('menu').waitFor();
};
const bar = (page: Page) => page.getByRole('status').filter({ hasText: 'You see the product as' });

describe('an administrator', () => {
  it('makes a role of another one, and finds what was not saved again', async () => {
    await hire('Ben', 'sales');
    await settings(anna, 'Roles');
    await menuOf(anna, 'Sales');
    await anna.getByRole('menuitem', { name: 'Copy' }).click();
    await anna.getByLabel('Name of the role').fill('Operator');
    await anna.getByLabel('All items: Read').selectOption('All');
    await anna.getByLabel('All items: Export').selectOption('All');
    await anna.getByRole('combobox', { name: 'Other rights for one type or pipeline' }).click();
    await anna.getByRole('option', { name: 'Leads', exact: true }).click();
    await anna.getByLabel('Leads: Read').selectOption('None');
    await anna.getByText('What may not be read is not changed').waitFor();
    await anna.getByRole('switch', { name: 'See all mail' }).focus();
    await anna.keyboard.press('Space');
    await anna.getByRole('button', { name: 'Hold a field back' }).click();
    await anna.getByRole('combobox', { name: 'Field', exact: true }).click();
    await anna.getByRole('option', { name: 'Amount', exact: true }).click();
    await anna.getByRole('button', { name: 'Add', exact: true }).click();

    await anna.getByRole('button', { name: 'Save' }).click();
    await anna.getByText('taken', { exact: false }).first().waitFor();
    expect(await anna.getByLabel('Name of the role').getAttribute('aria-invalid')).toBe('true');
    await anna.getByLabel('Name of the role').fill('Interns');

    await settings(anna, 'Profile');
    await anna.goBack();
    await anna.getByText('Your unsaved changes from before are back.').waitFor();
    expect(await anna.getByLabel('Name of the role').inputValue()).toBe('Interns');
    expect(await anna.getByLabel('Leads: Read').inputValue()).toBe('none');
    await anna.getByRole('button', { name: 'Save' }).click();
    await anna.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
    const { data } = (await world.api('GET', '/api/v1/roles')).body;
    expect(data.find(({ name }: { name: string }) => name === 'Interns').rights).toMatchObject({
      items: { all: { read: 'all', add: 'own', export: 'all' }, types: { lead: { read: 'none', change: 'own' } } },
      ...{ areas: { mail: true, people: false }, fields: { deal: { amount: 'hidden' } } },
    });
  });

  it('changes a role by keyboard alone', async () => {
    await settings(anna, 'Roles');
    await anna.getByRole('link', { name: 'Read only' }).focus();
    await anna.keyboard.press('Enter');
    await anna.getByLabel('Clients: Export').focus();
    await anna.keyboard.press('End');
    await anna.getByRole('region', { name: 'Unsaved changes' }).waitFor();
    await anna.getByLabel('Name of the role').focus();
    await anna.keyboard.press('Enter');
    await anna.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
    const { data } = (await world.api('GET', '/api/v1/roles')).body;
    const saved = data.find(({ code }: { code: string }) => code === 'read-only');
    expect(saved).toMatchObject({ name: 'Read only', rights: { clients: { read: 'all', export: 'all' } } });
    const back = { ...saved.rights, clients: { ...saved.rights.clients, export: 'none' } };
    await world.api('PATCH', `/api/v1/roles/${saved.id}`, { rights: back });
  });

  it('gives it beside another; then it is not deleted, and the administrator’s never', async () => {
    await settings(anna, 'People');
    await menuOf(anna, 'Ben');
    await anna.getByRole('menuitem', { name: 'Roles' }).click();
    await anna.getByRole('dialog').getByLabel('Interns').check();
    await anna.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await anna.getByRole('cell', { name: 'Sales, Interns' }).waitFor();

    await settings(anna, 'Roles');
    await menuOf(anna, 'Interns');
    await anna.getByText('People with this role: 1').waitFor();
    expect(await anna.getByRole('menuitem', { name: 'Delete' }).isDisabled()).toBe(true);
    await anna.keyboard.press('Escape');
    await anna.getByRole('link', { name: 'Administrator' }).click();
    await anna.getByRole('alert').getByText('Administrators may do everything, always').waitFor();
    expect(await anna.getByLabel('All items: Read').isDisabled()).toBe(true);
  });

  it('takes it away and deletes it', async () => {
    await settings(anna, 'People');
    await menuOf(anna, 'Ben');
    await anna.getByRole('menuitem', { name: 'Roles' }).click();
    await anna.getByRole('dialog').getByLabel('Interns').uncheck();
    await anna.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await anna.getByRole('cell', { name: 'Sales', exact: true }).waitFor();
    await settings(anna, 'Roles');
    await menuOf(anna, 'Interns');
    await anna.getByRole('menuitem', { name: 'Delete' }).click();
    await anna.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await anna.getByRole('link', { name: 'Interns' }).waitFor({ state: 'detached' });
  });
});

describe('to see the product as somebody else', () => {
  it('begins with a colleague, shows what they see, and says so on every screen', async () => {
    const { data } = (await world.api('GET', '/api/v1/users')).body;
    const ben = data.find(({ name }: { name: string }) => name === 'Ben').id;
    await world.api('POST', '/api/v1/items', { type: 'deal', title: 'Of Ben alone', responsible: ben });
    await settings(anna, 'People');
    await menuOf(anna, 'Ben');
    await anna.getByRole('menuitem', { name: 'See the product as Ben' }).click();
    await bar(anna).waitFor();
    await anna.getByRole('link', { name: 'Of Ben alone' }).waitFor();
    expect(await anna.locator('[data-card]').count()).toBe(1);
    await anna.reload();
    await bar(anna).waitFor();
    for (const place of ['Clients', 'Automation', 'Settings']) {
      await goTo(anna, place);
      await bar(anna).waitFor();
    }
  });

  it('changes nothing, and says why', async () => {
    await goTo(anna, 'CRM');
    await anna.getByRole('link', { name: 'Of Ben alone' }).click();
    await anna.getByRole('textbox', { name: 'Comment' }).fill('Not mine to say');
    await anna.getByRole('button', { name: 'Add comment' }).click();
    await anna.getByText('You are looking through somebody else’s eyes').first().waitFor();
    const { data } = (await world.api('GET', '/api/v1/items?type=deal&q=Of%20Ben')).body;
    expect((await world.api('GET', `/api/v1/items/${data[0].id}/timeline`)).body.data).toHaveLength(1);
    await anna.keyboard.press('Escape');
  });

  it('is ended by the bar, in every window of the browser', async () => {
    const other = await anna.context().newPage();
    await other.goto('/');
    await bar(other).waitFor();
    await bar(anna).getByRole('button', { name: 'End' }).click();
    await anna.waitForURL('**/settings/people');
    await anna.getByRole('heading', { name: 'Employees' }).waitFor();
    expect(await bar(anna).count()).toBe(0);
    await bar(other).waitFor({ state: 'detached' });
    await other.close();
  });
});

it('who can see an item is told with the reasons', async () => {
  await goTo(anna, 'CRM');
  await anna.getByRole('link', { name: 'Of Ben alone' }).click();
  await anna.getByRole('dialog').getByRole('button', { name: 'More actions', exact: true }).click();
  await anna.getByRole('menuitem', { name: 'Who can see this' }).click();
  const told = anna.getByRole('dialog', { name: 'Who can see' });
  await told.getByRole('listitem').filter({ hasText: 'Ben' }).getByText('is responsible').waitFor();
  await told.getByRole('listitem').filter({ hasText: 'Anna' }).getByText('is an administrator').waitFor();
  await anna.keyboard.press('Escape');
  await told.waitFor({ state: 'detached' });
});

/** Anybody may write down a task. */
async function offeredByPlus(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Task', exact: true }).waitFor();
  const names = await page.getByRole('menuitem').allInnerTexts();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  return names;
}

describe('screens offer what works, and nothing else', () => {
  it.each([
    { name: 'Sven', role: 'sales', adds: true, imports: false },
    { name: 'Rita', role: 'read-only', adds: false, imports: false },
    // Adds and changes all clients, which is what an import of them takes.
    { name: 'Otto', role: 'operator', adds: true, imports: true },
  ])('to $role', async ({ name, role, adds, imports }) => {
    const id = await hire(name, role);
    await world.api('POST', '/api/v1/items', { type: 'deal', title: `Of ${name}`, responsible: id });
    const page = await open(role);
    const refused: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() === 403) refused.push(`${answer.request().method()} ${answer.url()}`);
    });
    await page.goto('/');
    await signIn(page, `${name.toLowerCase()}@harbour.test`);
    const own = page.getByRole('link', { name: `Of ${name}` });
    await own.waitFor();
    const columns = await page.locator('[data-stage]').count();
    expect(await page.getByRole('button', { name: /^Add to/ }).count()).toBe(adds ? columns : 0);
    expect(await offeredByPlus(page)).toEqual(adds ? expect.arrayContaining(['Deal', 'Task']) : ['Task']);
    expect(await page.getByRole('button', { name: /^Change the stage|Pipelines and stages/ }).count()).toBe(0);

    const theirs = page.locator('[data-card]').filter({ hasNotText: `Of ${name}` });
    if (role === 'sales') expect(await theirs.count()).toBe(0);
    else await lookAt(page, theirs.first());
    if (role !== 'read-only') await workOn(page, own);

    await page.getByRole('link', { name: 'List' }).click();
    await page.getByRole('link', { name: `Of ${name}` }).waitFor();
    expect(await page.getByRole('link', { name: 'Import' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Export' }).count()).toBe(0);

    await goTo(page, 'Clients');
    await page.getByRole('tab', { name: 'Contacts' }).waitFor();
    expect((await page.getByRole('button', { name: 'New contact' }).count()) > 0).toBe(adds);
    expect(await page.getByRole('link', { name: 'Import' }).count()).toBe(imports ? 1 : 0);
    expect(await page.getByRole('link', { name: 'Export' }).count()).toBe(0);

    await goTo(page, 'Automation');
    await page.getByText('lack the right to edit it').waitFor();
    expect(await page.getByRole('button', { name: 'Create', exact: true }).count()).toBe(0);

    await goTo(page, 'Settings');
    const sections = page.getByRole('navigation', { name: 'Settings' });
    expect(await sections.getByRole('link', { name: 'Roles' }).count()).toBe(0);
    for (const section of await sections.getByRole('link').all()) {
      await section.click();
      await page.getByRole('heading', { level: 1, name: await section.innerText() }).waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
    }
    expect(refused).toEqual([]);
  });
});

/** A deal that may be seen and not changed. */
async function lookAt(page: Page, card: ReturnType<Page['locator']>): Promise<void> {
  await card.click();
  const panel = page.getByRole('dialog');
  await panel.getByText('Read only', { exact: true }).waitFor();
  expect(await panel.getByRole('textbox', { name: 'Comment' }).count()).toBe(0);
  expect(await panel.getByRole('button', { name: /^Edit/ }).count()).toBe(0);
  expect(await panel.getByRole('list', { name: 'Stages' }).getByRole('button').first().isDisabled()).toBe(true);
  await panel.getByRole('button', { name: 'More actions', exact: true }).click();
  expect(await page.getByRole('menuitem', { name: 'Delete' }).count()).toBe(0);
  await page.getByRole('menuitem', { name: 'Who can see this' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
}

/** One's own deal: moved, written on, not deleted. */
async function workOn(page: Page, card: ReturnType<Page['locator']>): Promise<void> {
  await card.click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('textbox', { name: 'Comment' }).fill('Called them');
  await panel.getByRole('button', { name: 'Add comment' }).click();
  await panel.getByRole('list', { name: 'Timeline' }).getByText('Called them').waitFor();
  await panel.getByRole('list', { name: 'Stages' }).getByRole('button').nth(1).click();
  await panel.getByRole('list', { name: 'Stages' }).locator('[aria-current=step]').nth(0).waitFor();
  await panel.getByRole('button', { name: 'More actions', exact: true }).click();
  expect(await page.getByRole('menuitem', { name: 'Delete' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
}
