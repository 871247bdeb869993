import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from '../begin.ts';
import { speaker } from '../hands/texts.ts';
import { until } from '../hands/until.ts';
import { makeFirstAccount } from '../hands/visitor.ts';
import type { World } from '../world.ts';

const say = speaker('en');
const fill = (key: string, given: Readonly<Record<string, string | number>>) =>
  Object.entries(given).reduce((text, [name, value]) => text.replace(`{{${name}}}`, String(value)), say(key));

let world: World;
let page: Page;
let item: number;
let stageName: string;

/** A deal whose rules have renamed it, said something and written to the client; the letter has left. */
beginWith(async (beginning) => {
  world = beginning.world;
  page = await beginning.open('anna');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  const { data } = await world.ask('GET', '/pipelines?type=deal');
  const [{ id: pipeline, name, stages }] = data;
  const [{ code: stage }] = stages;
  stageName = stages[0].name;
  const rule = (name: string, key: string, settings: object) => ({
    ...{ id: name.toLowerCase().replace(' ', '-'), name, do: key, stage, settings },
  });
  await world.ask('PUT', `/automation/deal/${pipeline}`, {
    ...{ type: 'deal', pipeline: name },
    rules: [
      rule('Rename', 'items/modify', { changes: [{ field: 'title', value: 'Ropes, urgent' }] }),
      rule('Remind', 'alerts/comment', { text: 'Call today' }),
      rule('Thank', 'clients/email', { subject: 'Thank you', text: 'Dear client' }),
      { ...rule('Ask again', 'alerts/comment', { text: 'Ask again' }), time: { after: '2 days' } },
    ],
  });
  const contact = await world.ask('POST', '/contacts', { firstName: 'Cleo', emails: ['cleo@client.test'] });
  item = (await world.ask('POST', '/items', { type: 'deal', pipeline, title: 'Ropes', contact: contact.id })).id;
  await until('the letter to have left', async () => {
    const { data: letters } = await world.ask('GET', '/sandbox/mail');
    return letters.some(({ subject }: { subject: string }) => subject === 'Thank you');
  });
  await until('its delivery to be settled', async () => {
    const { data: parts } = await world.ask('POST', `/runs/${await runOf('thank')}/undo?dryRun=1`);
    return parts.some(({ reason }: { reason: { code: string } | null }) => reason?.code === 'undo-sent');
  });
  await page.goto(`/items/${item}?tab=automation`);
});

const titleOf = async () => (await world.ask('GET', `/items/${item}`)).title;
const runOf = async (rule: string) =>
  (await world.ask('GET', `/items/${item}/runs`)).data.find((run: { rule: string }) => run.rule === rule)?.id;
const lineOf = (rule: string) => page.locator('[data-state]').filter({ hasText: rule });
const dialog = (title: string) => page.getByRole('dialog', { name: title });
const part = (title: string, key: string) => dialog(title).getByRole('region', { name: say(key) });
const take = (title: string) =>
  dialog(title)
    .getByRole('button', { name: say('automation:undo.take'), exact: true })
    .click();

describe('what rules did is taken back on the item’s Automation tab', () => {
  it('of one rule: first it is said what will become of it, then it is as it was before', async () => {
    const title = fill('automation:undo.ofRun', { name: 'Rename' });
    await page.getByRole('button', { name: `${say('automation:undo.run')}: Rename` }).click();
    await part(title, 'automation:undo.back').getByText('Ropes, urgent → Ropes').waitFor();
    expect(await titleOf()).toBe('Ropes, urgent');
    await take(title);
    await lineOf('Rename').getByText('Taken back').waitFor();
    expect(await titleOf()).toBe('Ropes');
    await page.getByRole('button', { name: `${say('automation:undo.run')}: Rename` }).waitFor({ state: 'detached' });
    await page.locator('[data-state]:focus').filter({ hasText: 'Rename' }).waitFor();
  });

  it('what happened says of the field from what to what', async () => {
    const log = page.getByRole('region', { name: say('automation:log.title') });
    await log.getByText('Ropes, urgent → Ropes').waitFor();
  });

  it('of the letter nothing is offered, for it has left', async () => {
    await lineOf('Thank').waitFor();
    expect(await page.getByRole('button', { name: `${say('automation:undo.run')}: Remind` }).count()).toBe(1);
    expect(await page.getByRole('button', { name: `${say('automation:undo.run')}: Thank` }).count()).toBe(0);
  });

  it('of all rules of the stage, what waits with them; the letter stays', async () => {
    const title = fill('automation:undo.ofVisit', { name: stageName });
    await page.getByRole('button', { name: `${say('automation:undo.visit')}: ${stageName}` }).click();
    await part(title, 'automation:undo.back').getByText('Call today').waitFor();
    await part(title, 'automation:undo.stays').getByText('it was sent to cleo@client.test').waitFor();
    await dialog(title)
      .getByText(fill('automation:undo.cancelled_one', { count: 1 }))
      .waitFor();
    await take(title);
    await page.locator('[data-state="cancelled"]').filter({ hasText: 'Ask again' }).waitFor();
    await lineOf('Remind').getByText('Taken back').waitFor();
    await page
      .getByRole('button', { name: `${say('automation:undo.visit')}: ${stageName}` })
      .waitFor({ state: 'detached' });
    await page.locator('[data-code]:focus').filter({ hasText: stageName }).waitFor();
  });

  it('and stands on the timeline, without the comment, and in the history', async () => {
    await page.goto(`/items/${item}`);
    await page
      .getByText(fill('timeline.undone', { back: 1 }))
      .first()
      .waitFor();
    expect(await page.getByText(fill('timeline.undoneStays', { stays: 1 })).count()).toBe(1);
    await page.getByText(fill('timeline.byRule', { rule: 'Thank' })).waitFor();
    await page.getByText('it was sent to cleo@client.test').waitFor();
    expect(await page.getByText('Call today', { exact: true }).count()).toBe(0);
    await page.goto(`/items/${item}?tab=history`);
    await page.getByRole('cell', { name: `Anna Nowak, ${say('history.undoes')}` }).waitFor();
  });
});
