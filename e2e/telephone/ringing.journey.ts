import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { keysOf } from '../hands/keys.ts';
import { speaker } from '../hands/texts.ts';
import { until } from '../hands/until.ts';
import type { World } from '../world.ts';
import { beginTelephone, cardAt } from './begin-telephone.ts';

const say = speaker('en');
const sayPolish = speaker('pl');

let world: World;
let anna: Page;
let piotr: Page;
let deal: number;
let line: number;
beginTelephone((house) => {
  ({ world, anna, piotr, deal, line } = house);
});

const callOf = async (id: number) => world.ask('GET', `/calls/${id}`);
const newest = async () => (await world.ask('GET', '/calls?limit=1')).data[0];

describe('the telephone rings', () => {
  it('at both, with who calls; Piotr takes it by the keyboard on his phone, and Anna’s card goes', async () => {
    await anna.goto('/sandbox/phone-line');
    await anna.getByLabel(say('phone:sandbox.number')).fill('601 234 567');
    await anna.getByRole('button', { name: say('phone:sandbox.ring'), exact: true }).click();
    await cardAt(anna, 'Cleo Client').getByRole('link', { name: 'Ropes' }).waitFor();
    const card = cardAt(piotr, 'Cleo Client');
    await card.waitFor();
    expect(await piotr.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

    await keysOf(piotr).press(card.getByRole('button', { name: sayPolish('phone:live.take') }));
    await cardAt(anna, 'Cleo Client').waitFor({ state: 'detached' });
    await card.getByLabel(sayPolish('phone:live.note')).fill('Chce linę do piątku');
    await card.getByRole('button', { name: sayPolish('phone:live.hangUp') }).click();
    await card.waitFor({ state: 'detached' });
    const call = await until('the note', async () => {
      const found = await newest();
      return found.note === '' ? undefined : found;
    });
    expect(call).toMatchObject({ state: 'ended', employee: { name: 'Piotr' }, note: 'Chce linę do piątku' });
  });

  it('and the item tells of it, in Polish on a phone', async () => {
    await piotr.goto(`/items/${deal}`);
    const entry = piotr.getByRole('listitem').filter({ hasText: 'Chce linę do piątku' });
    await entry.getByText(sayPolish('phone:kinds.incoming'), { exact: true }).waitFor();
  });

  it('where its note is mended afterwards by the keyboard; on the Calls screen too, by who may change everything', async () => {
    const entry = piotr.getByRole('listitem').filter({ hasText: 'Chce linę do piątku' });
    await keysOf(piotr).press(entry.getByRole('button', { name: `${sayPolish('phone:note.edit')}: +48601234567` }));
    await piotr.keyboard.type('!');
    await piotr.keyboard.press('Control+Enter');
    await piotr.getByText('Chce linę do piątku!', { exact: true }).waitFor();

    await anna.goto('/calls?show=all');
    const row = anna.getByRole('listitem').filter({ hasText: 'Cleo Client' });
    await row.getByRole('button', { name: `${say('phone:note.edit')}: +48601234567` }).click();
    await row.getByLabel(say('phone:live.note')).fill('Wants a rope');
    await row.getByRole('button', { name: say('common.save') }).click();
    await until('the note', async () => (await newest()).note === 'Wants a rope');
    await row.getByText('Wants a rope', { exact: true }).and(anna.locator('p')).waitFor();
  });

  it('for nobody: the call is missed, called back by a click, and shown as returned', async () => {
    await anna.goto('/sandbox/phone-line');
    await anna.getByLabel(say('phone:sandbox.number')).fill('+48 601 234 567');
    await anna.getByRole('button', { name: say('phone:sandbox.ring'), exact: true }).click();
    await cardAt(anna, 'Cleo Client').waitFor();
    await anna.getByRole('button', { name: `${say('phone:sandbox.hangUp')}: +48601234567` }).click();
    await cardAt(anna, 'Cleo Client').waitFor({ state: 'detached' });
    const missed = await newest();
    expect(missed.state).toBe('missed');

    await anna.goto('/calls');
    const row = anna.getByRole('listitem').filter({ hasText: 'Cleo Client' });
    await row.getByText(say('phone:notCalledBack'), { exact: false }).waitFor();
    await row.getByRole('button', { name: 'Call +48601234567' }).click();
    await cardAt(anna, 'Cleo Client').waitFor();
    const back = await newest();
    await world.ask('POST', `/sandbox/calls/${back.id}/client`, { do: 'answer' });
    await anna.getByRole('heading', { name: say('phone:page.noneMissed') }).waitFor();
    await cardAt(anna, 'Cleo Client')
      .getByRole('button', { name: say('phone:live.hangUp') })
      .click();
    await anna.getByText(say('phone:page.all'), { exact: true }).click();
    await anna.getByText('Called back by Anna Nowak', { exact: false }).waitFor();
    expect(await callOf(missed.id)).toMatchObject({ returned: { call: back.id, by: { name: 'Anna Nowak' } } });
  });

  it('of somebody unknown, of whom a contact and a deal are made while it rings', async () => {
    await world.ask('PATCH', `/channels/${line}`, { settings: { unknownClient: 'ignore' } });
    await world.ask('POST', '/calls', { line, direction: 'incoming', number: '+48602000111' });
    const card = cardAt(anna, '+48602000111');
    await card.getByRole('button', { name: say('phone:live.makeBoth.deal') }).click();
    await card.getByLabel(say('phone:live.clientName')).fill('Nora New');
    await card.getByRole('button', { name: say('phone:live.make'), exact: true }).click();
    const tied = await until('the deal', async () => {
      const found = await newest();
      return found.items.length > 0 ? found : undefined;
    });
    expect(tied.items).toMatchObject([{ title: 'Nora New', type: 'deal' }]);
    await world.ask('PATCH', `/calls/${tied.id}`, { state: 'ended' });
  });
});

describe('what is made of a call', () => {
  it('is not taken away when the client hangs up', async () => {
    const { id } = await world.ask('POST', '/calls', { line, direction: 'incoming', number: '+48602000222' });
    const card = cardAt(anna, '+48602000222');
    await card.getByRole('button', { name: say('phone:live.makeBoth.lead') }).click();
    await card.getByLabel(say('phone:live.clientName')).fill('Lea Lead');
    await world.ask('PATCH', `/calls/${id}`, { state: 'ended', missed: true });
    await card.getByText(say('phone:live.over')).waitFor();
    await card.getByRole('button', { name: say('phone:live.make'), exact: true }).click();
    await card.waitFor({ state: 'detached' });
    expect((await callOf(id)).items).toMatchObject([{ title: 'Lea Lead', type: 'lead' }]);
  });

  it('is a task too, about what is open with the client', async () => {
    const { id } = await world.ask('POST', '/calls', { line, direction: 'incoming', number: '+48601234567' });
    const card = cardAt(anna, 'Cleo Client');
    await card.getByRole('button', { name: say('phone:live.makeTask') }).click();
    await anna
      .getByRole('dialog')
      .getByRole('button', { name: say('common.create') })
      .click();
    const task = await until('the task', async () => (await world.ask('GET', `/tasks?item=${deal}`)).data[0]);
    expect(task).toMatchObject({ kind: 'call', title: 'Call Cleo Client' });
    await world.ask('PATCH', `/calls/${id}`, { state: 'ended', missed: true });
    await card.waitFor({ state: 'detached' });
  });
});

/** How often each tab has made a sound. */
const rings = (tab: Page) => tab.evaluate(() => Number(document.documentElement.dataset.rings ?? 0));

describe('several tabs of one person', () => {
  it('show the card, and ring in one alone; in the next when that one is gone', async () => {
    await anna.context().addInitScript(() => {
      const { start } = AudioScheduledSourceNode.prototype;
      AudioScheduledSourceNode.prototype.start = function (this: AudioScheduledSourceNode, when?: number) {
        const { dataset } = document.documentElement;
        dataset.rings = String(Number(dataset.rings ?? 0) + 1);
        start.call(this, when);
      };
    });
    const tabs = [anna, await anna.context().newPage()];
    for (const tab of tabs) await tab.goto('/calls');
    const { id } = await world.ask('POST', '/calls', { line, direction: 'incoming', number: '+48601234567' });
    for (const tab of tabs) await cardAt(tab, 'Cleo Client').waitFor();
    // Each ring is two sounds, and the next comes three seconds later.
    const heard = await until('a second ring', async () => {
      const now = await Promise.all(tabs.map(rings));
      return Math.max(...now) >= 4 ? now : undefined;
    });
    expect(heard.filter((times) => times > 0)).toHaveLength(1);

    const [ringing, silent] = heard[0] === 0 ? tabs.toReversed() : tabs;
    await ringing?.goto('about:blank');
    await until('the other rings', async () => silent !== undefined && (await rings(silent)) > 0);
    await world.ask('PATCH', `/calls/${id}`, { state: 'ended', missed: true });
    await tabs[1]?.close();
  });
});
