import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { beginWith } from '../begin.ts';
import { speaker } from '../hands/texts.ts';
import { until } from '../hands/until.ts';
import { makeFirstAccount, PASSWORD, signIn } from '../hands/visitor.ts';
import type { World } from '../world.ts';

const say = speaker('en');

let world: World;
let anna: Page;
/** Sees her own items alone, on a phone. */
let zoe: Page;
let ropes: number;
let sails: number;

beginWith(async (beginning) => {
  world = beginning.world;
  anna = await beginning.open('anna');
  await makeFirstAccount(anna, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  const zoeIs = { email: 'zoe@harbour.test', name: 'Zoe', role: 'sales', password: PASSWORD };
  const { id: responsible } = await world.ask('POST', '/users', zoeIs);
  const { data } = await world.ask('GET', '/pipelines?type=deal');
  const [{ id, stages }] = data;
  const stage = stages[0].code;
  const rule = (name: string, time: object) => ({
    ...{ id: name.toLowerCase(), do: 'alerts/comment', name, stage, time, settings: { text: `${name} said` } },
  });
  await world.ask('PUT', `/automation/deal/${id}`, {
    ...{ type: 'deal', pipeline: data[0].name },
    rules: [rule('Tomorrow', { after: '1 day' }), rule('Later', { after: '9 days' })],
  });
  ropes = (await world.ask('POST', '/items', { type: 'deal', title: 'Ropes for the harbour' })).id;
  sails = (await world.ask('POST', '/items', { type: 'deal', title: 'Sails', responsible })).id;
  zoe = await beginning.open('zoe', { viewport: { width: 390, height: 780 } });
  await zoe.goto('/sign-in');
  await signIn(zoe, 'zoe@harbour.test');
  await zoe.waitForURL('**/board/**');
});

const lines = (page: Page) => page.locator('main [data-planned]');
const lineOf = (page: Page, item: string, rule: string) =>
  lines(page).filter({ hasText: item }).filter({ hasText: rule });
const runsOf = async (item: number) =>
  new Map((await world.ask('GET', `/items/${item}/runs`)).data.map((run: { rule: string }) => [run.rule, run]));

it('everything that waits is found by the rail, day below day, and narrowed by rule', async () => {
  await anna
    .getByRole('navigation', { name: say('shell.navigation') })
    .getByText(say('shell.rail.planned'))
    .click();
  await lineOf(anna, 'Ropes', 'Tomorrow').waitFor();
  expect(await lines(anna).count()).toBe(4);
  await anna.getByRole('heading', { name: say('planned:days.tomorrow') }).waitFor();
  await anna.getByText(say('planned:views.rules')).click();
  await anna.getByRole('heading', { name: say('planned:days.tomorrow') }).waitFor({ state: 'hidden' });
  await anna.getByRole('link', { name: 'Later' }).click();
  await anna.waitForURL(/[?&]rule=later/);
  await until('the runs of one rule alone', async () => (await lines(anna).count()) === 2);
});

it('several are moved at once; the item says so, and its Automation tab', async () => {
  await anna.goto('/planned');
  const days = anna.getByRole('checkbox', {
    name: say('planned:line.selectDay').replace('{{day}}', say('planned:days.tomorrow')),
  });
  await days.focus();
  await anna.keyboard.press('Space');
  await anna.getByRole('button', { name: say('planned:bulk.move'), exact: true }).click();
  const dialog = anna.getByRole('dialog');
  const year = new Date().getFullYear() + 1;
  const [day, time] = [dialog.getByRole('textbox').first(), dialog.locator('input').last()];
  await day.fill(`31/12/${year}`);
  await time.fill('09:30');
  await dialog.getByRole('button', { name: say('planned:bulk.move'), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  // By the clock of the browser, which is in Warsaw.
  const moved = `${year}-12-31T08:30:00.000Z`;
  expect((await runsOf(ropes)).get('tomorrow')).toMatchObject({ dueAt: moved, movedBy: { name: 'Anna Nowak' } });
  expect((await runsOf(sails)).get('tomorrow')).toMatchObject({ dueAt: moved });
  await lineOf(anna, 'Ropes', 'Tomorrow').getByText('moved by Anna Nowak').waitFor();
  await anna.goto(`/items/${ropes}`);
  await anna.getByText('The automation rule “Tomorrow” was moved to').waitFor();
  await anna.goto(`/items/${ropes}?tab=automation`);
  await anna.getByText('moved by Anna Nowak').waitFor();
});

it('on a phone one sees one’s own, by the menu of the account, runs one now and cancels another', async () => {
  await zoe.getByRole('button', { name: say('shell.account') }).click();
  await zoe.getByRole('menuitem', { name: say('shell.planned') }).click();
  await lineOf(zoe, 'Sails', 'Later').waitFor();
  expect(await lines(zoe).count()).toBe(2);
  await lineOf(zoe, 'Sails', 'Later').getByRole('checkbox').check();
  await zoe.getByRole('button', { name: say('planned:bulk.runNow') }).click();
  await lineOf(zoe, 'Sails', 'Later').waitFor({ state: 'detached' });
  await lineOf(zoe, 'Sails', 'Tomorrow').getByRole('checkbox').check();
  await zoe.getByRole('button', { name: say('planned:bulk.cancel') }).click();
  await zoe
    .getByRole('dialog')
    .getByRole('button', { name: say('planned:bulk.cancel') })
    .click();
  await zoe.getByRole('heading', { name: say('planned:empty.title') }).waitFor();
  const later = async () => JSON.stringify((await runsOf(sails)).get('later'));
  await until('the run that was run now is done', async () => (await later()).includes('"done"'));
  expect((await runsOf(sails)).get('tomorrow')).toMatchObject({ state: 'cancelled' });
  expect((await runsOf(ropes)).get('later')).toMatchObject({ state: 'waiting' });
});
