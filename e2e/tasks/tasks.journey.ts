import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from '../begin.ts';
import { drag } from '../hands/hands.ts';
import { keysOf } from '../hands/keys.ts';
import { speaker } from '../hands/texts.ts';
import { until } from '../hands/until.ts';
import { makeFirstAccount, PASSWORD, signIn } from '../hands/visitor.ts';
import type { World } from '../world.ts';

const say = speaker('en');
const sayPolish = speaker('pl');

let world: World;
let anna: Page;
/** Piotr does what Anna gives, on a phone, in Polish. */
let piotr: Page;
let zoe: Page;
let deal: number;
let task: number;

beginWith(async (beginning) => {
  world = beginning.world;
  anna = await beginning.open('anna');
  await makeFirstAccount(anna, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  const hire = (name: string, role: string) =>
    world.ask('POST', '/users', { email: `${name.toLowerCase()}@harbour.test`, name, role, password: PASSWORD });
  await hire('Piotr', 'employee');
  await hire('Zoe', 'sales');
  piotr = await beginning.open('piotr', { viewport: { width: 390, height: 780 }, locale: 'pl-PL' });
  await piotr.goto('/sign-in');
  await piotr.getByLabel('E-mail').fill('piotr@harbour.test');
  await piotr.locator('input[type=password]').fill(PASSWORD);
  await piotr.keyboard.press('Enter');
  await piotr.waitForURL('**/board/**');
  zoe = await beginning.open('zoe');
  await zoe.goto('/sign-in');
  await signIn(zoe, 'zoe@harbour.test');
  await zoe.waitForURL('**/board/**');
  deal = (await world.ask('POST', '/items', { type: 'deal', title: 'Ropes for the harbour' })).id;
});

const lineOf = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });

describe('a task on a deal', () => {
  it('is given by its tab, with steps and acceptance', async () => {
    await anna.goto(`/items/${deal}?tab=tasks`);
    await anna.getByRole('textbox', { name: say('tasks:quick.label') }).fill('Weigh the ropes');
    await anna.getByRole('button', { name: say('tasks:quick.more') }).click();
    const form = anna.getByRole('dialog', { name: say('tasks:quick.label') });
    await form.getByRole('combobox', { name: say('tasks:fields.responsible') }).click();
    await anna.getByRole('option', { name: 'Piotr' }).click();
    await form.getByRole('checkbox', { name: say('tasks:fields.needsAcceptance') }).check();
    for (const step of ['Short ones', 'Long ones']) {
      await form.getByLabel(say('tasks:checklist.add')).fill(step);
      await anna.keyboard.press('Enter');
    }
    await form.getByRole('button', { name: say('common.create') }).click();
    await lineOf(anna, 'Weigh the ropes').getByText('0/2').waitFor();
    task = (await world.ask('GET', `/tasks?item=${deal}`)).data[0].id;
  });

  it('comes to whom it was given: on the rail, in the bell, by day; started and handed in by the keyboard', async () => {
    const rail = piotr.getByRole('navigation', { name: sayPolish('shell.navigation') });
    await rail.getByRole('link', { name: /1/ }).click();
    const line = lineOf(piotr, 'Weigh the ropes');
    await line.waitFor();
    expect(await piotr.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

    const keys = keysOf(piotr);
    await keys.press(line.getByRole('link', { name: 'Weigh the ropes' }));
    const panel = piotr.getByRole('dialog', { name: 'Weigh the ropes' });
    await keys.press(panel.getByRole('button', { name: sayPolish('tasks:acts.start'), exact: true }));
    await panel.getByText(sayPolish('tasks:statuses.in-progress'), { exact: true }).waitFor();
    await panel.getByRole('checkbox', { name: 'Long ones' }).focus();
    await piotr.keyboard.press('Alt+ArrowUp');
    await panel
      .getByRole('list', { name: sayPolish('tasks:fields.checklist') })
      .getByRole('listitem')
      .first()
      .filter({ hasText: 'Long ones' })
      .waitFor();
    await keys.press(panel.getByRole('checkbox', { name: 'Long ones' }), 'Space');
    await panel.getByRole('textbox', { name: sayPolish('tasks:panel.comment') }).fill('212 kg');
    await piotr.keyboard.press('Control+Enter');
    await panel.getByRole('listitem').filter({ hasText: '212 kg' }).waitFor();
    await panel.getByRole('button', { name: sayPolish('tasks:acts.complete'), exact: true }).focus();
    await piotr.keyboard.press('Enter');
    await panel.getByText(sayPolish('tasks:statuses.supposedly-completed'), { exact: true }).waitFor();
  });

  it('waits for whom it came from, who reads what was done and accepts it by one click', async () => {
    await anna.goto('/tasks');
    const waiting = anna.getByRole('region', { name: say('tasks:days.accept') });
    await waiting.getByRole('link', { name: 'Weigh the ropes' }).click();
    const panel = anna.getByRole('dialog', { name: 'Weigh the ropes' });
    await panel.getByText('212 kg').waitFor();
    await anna.keyboard.press('Escape');
    await waiting.getByRole('button', { name: 'Accept: Weigh the ropes' }).click();
    await waiting.waitFor({ state: 'detached' });
    expect(await world.ask('GET', `/tasks/${task}`)).toMatchObject({
      ...{
        status: 'completed',
        closedBy: { name: 'Anna Nowak' },
        checklist: [{ text: 'Long ones', done: true }, { text: 'Short ones' }],
      },
    });
  });

  it('is told on the deal’s timeline, which leads to it and from it back', async () => {
    await anna.goto(`/items/${deal}`);
    await anna
      .getByRole('listitem')
      .filter({ hasText: say('tasks:statuses.completed') })
      .getByRole('link')
      .click();
    await anna.getByRole('dialog', { name: 'Weigh the ropes' }).waitFor();
    await anna.keyboard.press('Escape');
    await anna.getByRole('dialog', { name: 'Ropes for the harbour' }).waitFor();
  });

  it('is nothing to whom it does not concern', async () => {
    await zoe.goto(`/tasks/${task}`);
    await zoe.getByText(say('tasks:panel.gone')).waitFor();
    await zoe.goto('/tasks?show=list&whose=all&status=all');
    await zoe.getByText(say('tasks:list.empty')).waitFor();
  });
});

describe('many tasks', () => {
  it('are put into another status by mouse and by keyboard, and stay where they may not go', async () => {
    for (const title of ['Paint the boat', 'Sell the boat']) await world.ask('POST', '/tasks', { title });
    await anna.goto('/tasks?show=board');
    const column = (status: string) => anna.getByRole('region', { name: say(`tasks:statuses.${status}`), exact: true });
    await drag(column('new').getByRole('link', { name: 'Paint the boat' }), column('in-progress'));
    await column('in-progress').getByRole('link', { name: 'Paint the boat' }).waitFor();
    await column('new').getByRole('link', { name: 'Sell the boat' }).focus();
    for (const key of ['Space', 'ArrowRight', 'Enter']) await anna.keyboard.press(key);
    await column('pending').getByRole('link', { name: 'Sell the boat' }).waitFor();
    const statuses = async () =>
      (await world.ask('GET', '/tasks?q=boat')).data.map((one: { status: string }) => one.status).toSorted();
    await until('both', async () => (await statuses()).join() === 'in-progress,pending');
  });

  it('are given to somebody else at once, and come to another day on the calendar', async () => {
    await anna.goto('/tasks?show=list');
    await anna.getByRole('checkbox', { name: say('tasks:list.selectAll') }).check();
    await anna.getByLabel(say('tasks:bulk.deadline')).fill('15/01/2027');
    await anna.keyboard.press('Enter');
    await anna.getByText('2 changed').waitFor();

    await anna.goto('/tasks?show=calendar&day=2027-01-15');
    const day = (date: string) => anna.locator(`td[data-day="${date}"]`);
    await drag(day('2027-01-15').getByRole('link', { name: 'Paint the boat' }), day('2027-01-20'));
    await day('2027-01-20').getByRole('link', { name: 'Paint the boat' }).waitFor();
    await day('2027-01-15').getByRole('link', { name: 'Sell the boat' }).focus();
    for (const key of ['Space', 'ArrowDown', 'ArrowRight', 'Space']) await anna.keyboard.press(key);
    await day('2027-01-23').getByRole('link', { name: 'Sell the boat' }).waitFor();
  });
});
