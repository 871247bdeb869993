import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { beginWith } from '../begin.ts';
import { speaker } from '../hands/texts.ts';
import { until } from '../hands/until.ts';
import { makeFirstAccount } from '../hands/visitor.ts';
import { faultsOf } from '../scenes/screen-checks.ts';
import type { World } from '../world.ts';

const say = speaker('en');
const TITLE = 'Ropes for the harbour';

let world: World;
let page: Page;
let pipeline: number;
let stage: { code: string; name: string };
let item: number;

/** A task that is waited for, a comment with its results after it and a remark of its own beside; another pair at the same time. */
beginWith(async (beginning) => {
  world = beginning.world;
  page = await beginning.open('anna');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  const { data } = await world.ask('GET', '/pipelines?type=deal');
  const [{ id, name, stages }] = data;
  [pipeline, stage] = [id, stages[1]];
  const rule = (title: string, key: string, settings: object, more: object = {}) => ({
    ...{ id: title.toLowerCase().replaceAll(' ', '-'), name: title, do: key, stage: stage.code, settings },
    ...more,
  });
  const after = { order: 'after previous' };
  await world.ask('PUT', `/automation/deal/${pipeline}`, {
    ...{ type: 'deal', pipeline: name },
    triggers: [{ on: 'apps/webhook', stage: stage.code, settings: { code: 'go' } }],
    rules: [
      rule('Weigh', 'tasks/create', { title: 'Weigh it', responsible: 'responsible', wait: true }),
      rule('Say who', 'alerts/comment', { text: 'Weighed by {{ rules.weigh.closedBy }}' }, after),
      rule('Greet', 'alerts/comment', { text: 'Welcome' }),
      rule('Remind', 'alerts/comment', { text: 'Still here' }, { ...after, time: { after: '2 days' } }),
      rule('Note', 'alerts/comment', { text: 'Task {{ rules.weigh.taskId }}' }),
    ],
  });
  item = (await world.ask('POST', '/items', { type: 'deal', pipeline, title: TITLE })).id;
  await world.ask('POST', `/items/${item}/moves`, { stage: stage.code });
  await until('the greeting', async () => (await stateOf('greet')) === 'done');
});

const stateOf = async (rule: string) =>
  (await world.ask('GET', `/items/${item}/runs`)).data.find((run: { rule: string }) => run.rule === rule)?.state;
const onTab = () => page.locator(`[data-code="${stage.code}"]`);
/** The chains as they stand on the screen, each from top to bottom, by the first words of its rules. */
const chainsIn = async (place: ReturnType<typeof onTab>) =>
  Promise.all(
    (await place.locator('ul > li > ol').all()).map(async (chain) =>
      (await chain.locator('> li').allInnerTexts()).map((text) => /Weigh|Say who|Greet|Remind|Note/.exec(text)?.[0]),
    ),
  );
const drawn = [['Weigh', 'Say who'], ['Greet', 'Remind'], ['Note']];

it('a visit’s rules are drawn on the item’s Automation tab: chains, what runs beside, waits and results', async () => {
  await page.goto(`/items/${item}?tab=automation`);
  await onTab().getByText(say('automation:graph.parallel').replace('{{count}}', '3')).waitFor();
  expect(await chainsIn(onTab())).toEqual(drawn);
  const line = (rule: string) => onTab().locator('[data-state]').filter({ hasText: rule });
  await line('Weigh').first().getByText('waits for a task').waitFor();
  await line('Say who').getByText('waits for: Weigh').waitFor();
  await line('Say who').getByText('Uses results of: Weigh').waitFor();
  await line('Note').getByText('Uses results of: Weigh').waitFor();
  await line('Remind').getByText('planned').waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

it('and follow what happens: when the task is done its chain goes on before one’s eyes', async () => {
  const { data } = await world.ask('GET', `/tasks?item=${item}`);
  await world.ask('PATCH', `/tasks/${data[0].id}`, { status: 'completed' });
  await onTab().locator('[data-state="done"]').filter({ hasText: 'Say who' }).waitFor();
  await onTab().locator('[data-state="done"]').filter({ hasText: 'Note' }).waitFor();
});

it('likewise before it happens, in Test', async () => {
  await page.goto(`/automation/deal/${pipeline}`);
  await page.locator('[data-uid]').first().waitFor();
  const { id: another } = await world.ask('POST', '/items', { type: 'deal', pipeline, title: 'Sails for the harbour' });
  expect(another).toBeGreaterThan(item);
  await page.getByRole('button', { name: say('rehearsal:menu') }).click();
  await page.getByRole('menuitem', { name: say('rehearsal:test.title') }).click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('combobox', { name: say('rehearsal:test.item') }).fill('Sails');
  await page.getByRole('option', { name: /Sails for the harbour/ }).click();
  await panel.getByRole('textbox', { name: /code/i }).fill('go');
  await panel.getByRole('button', { name: say('rehearsal:test.run'), exact: true }).click();
  await panel.getByText(say('automation:graph.parallel').replace('{{count}}', '3')).waitFor();
  expect(await chainsIn(panel)).toEqual(drawn);
  expect(await panel.getByText('Uses results of: Weigh').count()).toBe(2);
});
