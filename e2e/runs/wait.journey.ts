import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { beginWith } from '../begin.ts';
import { speaker } from '../hands/texts.ts';
import { until } from '../hands/until.ts';
import { makeFirstAccount } from '../hands/visitor.ts';
import { faultsOf } from '../scenes/screen-checks.ts';
import type { World } from '../world.ts';

const say = speaker('pl');
const automation = (key: string) => say(`automation:${key}`);
const WAIT = 'Czekaj';

let world: World;
let page: Page;
let pipeline: number;
let stage: { code: string; name: string };
let item: number;

beginWith(async (beginning) => {
  world = beginning.world;
  page = await beginning.open('anna');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  await world.ask('PATCH', '/me', { language: 'pl' });
  const { data } = await world.ask('GET', '/pipelines?type=deal');
  const [{ id, name, stages }] = data;
  [pipeline, stage] = [id, stages[0]];
  const text = 'Koniec czekania: {{ rules.wait.outcome }}';
  await world.ask('PUT', `/automation/deal/${pipeline}`, {
    ...{ type: 'deal', pipeline: name, triggers: [] },
    rules: [
      { id: 'wait', do: 'flow/wait', stage: stage.code, time: { after: '1 days' } },
      { id: 'tell', do: 'alerts/comment', stage: stage.code, order: 'after previous', settings: { text } },
    ],
  });
});

const panel = () => page.getByRole('dialog', { name: automation('settings.title') });
const card = () => page.locator('[data-lane="rule"] [data-uid]').filter({ hasText: WAIT }).first();
const choose = async (name: string, option: string) => {
  await panel().getByRole('combobox', { name, exact: true }).first().click();
  await page.getByRole('option', { name: option, exact: true }).first().click();
};

it('a wait until a moment becomes one until a condition, set up by mouse', async () => {
  await page.goto(`/automation/deal/${pipeline}`);
  await card().locator('button[aria-haspopup=dialog]').click();
  await choose('Czekaj do', 'Spełnienia warunku');
  const condition = panel().locator('[data-field="settings.condition"]');
  await condition.getByText(automation('condition.none')).waitFor();
  await condition.getByRole('button', { name: automation('condition.add') }).click();
  await choose(automation('condition.field'), 'Kwota');
  await choose(automation('condition.operator'), automation('condition.operators.atLeast'));
  await condition.getByLabel(automation('controls.amount')).fill('5000');
  await choose('Po upływie terminu', 'Zatrzymaj kolejne reguły');
  await choose(automation('time.label'), automation('time.kinds.immediately'));
  expect(await faultsOf(page)).toEqual([]);
  await panel()
    .getByRole('button', { name: say('common.save'), exact: true })
    .click();
  await panel().waitFor({ state: 'detached' });
  await card().getByText('Warunek: Kwota').waitFor();
  await page
    .getByRole('region', { name: automation('save.bar') })
    .getByRole('button', { name: say('common.save'), exact: true })
    .click();
  await until('the board is saved', async () => {
    const { rules } = await world.ask('GET', `/automation/deal/${pipeline}`);
    return rules[0].time === undefined;
  });
  const { rules } = await world.ask('GET', `/automation/deal/${pipeline}`);
  expect(rules[0].settings).toMatchObject({
    ...{ until: 'condition', atDeadline: 'stop' },
    condition: { all: [{ field: 'amount', is: 'at least', value: { amount: '5000' } }] },
  });
});

it('the item says for what it waits, since when and until when, and what is not so yet', async () => {
  const made = await world.ask('POST', '/items', { type: 'deal', pipeline, title: 'Liny do portu', amount: '10' });
  item = made.id;
  await page.goto(`/items/${item}?tab=automation`);
  const line = page.locator(`[data-code="${stage.code}"] [data-state="waiting"]`).filter({ hasText: WAIT });
  await line.first().getByText('czeka na warunek od').waitFor();
  await line.first().getByText('Kwota').waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

it('so does the list of planned work: the condition in words, at its deadline', async () => {
  await page.goto('/planned');
  const line = page.locator('main [data-planned]').filter({ hasText: 'Liny do portu' });
  await line.getByText('czeka na warunek: Kwota').waitFor();
  expect(await line.innerText()).toMatch(/czeka na warunek: Kwota .*5\s?000/);
  await line.getByText(say('planned:line.atMost')).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.goto(`/items/${item}?tab=automation`);
});

it('and goes on before one’s eyes when the field changes; the rule behind it knows why', async () => {
  await world.ask('PATCH', `/items/${item}`, { amount: '6000' });
  const done = page.locator(`[data-code="${stage.code}"] [data-state="done"]`);
  await done.filter({ hasText: WAIT }).first().getByText('warunek został spełniony').waitFor();
  await done.filter({ hasText: 'Dodaj komentarz' }).first().waitFor();
  await until('the comment', async () => {
    const { data } = await world.ask('GET', `/items/${item}/timeline`);
    return data.some(({ text }: { text?: string }) => text === 'Koniec czekania: condition');
  });
});
