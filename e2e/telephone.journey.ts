import { because, reasonInWords } from '@signalbox/automation/kit/words/reasons.ts';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { keysOf } from './hands/keys.ts';
import { speaker } from './hands/texts.ts';
import { until } from './hands/until.ts';
import { makeFirstAccount, PASSWORD } from './hands/visitor.ts';
import type { World } from './world.ts';

const say = speaker('en');
const sayPolish = speaker('pl');

let world: World;
let anna: Page;
/** Piotr has a telephone, and reads Polish. */
let piotr: Page;
let deal: number;
let line: number;

const ask = async (method: string, path: string, body?: object) => {
  const answer = await world.api(method, `/api/v1${path}`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};

beginWith(async (beginning) => {
  world = beginning.world;
  anna = await beginning.open('anna');
  await makeFirstAccount(anna, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  await ask('POST', '/users', { email: 'piotr@harbour.test', name: 'Piotr', role: 'employee', password: PASSWORD });
  piotr = await beginning.open('piotr', { viewport: { width: 390, height: 780 }, locale: 'pl-PL' });
  await piotr.goto('/sign-in');
  await piotr.getByLabel('E-mail').fill('piotr@harbour.test');
  await piotr.locator('input[type=password]').fill(PASSWORD);
  await piotr.keyboard.press('Enter');
  await piotr.waitForURL('**/board/**');
  const contact = await ask('POST', '/contacts', { name: 'Cleo Client', phones: ['+48601234567'] });
  deal = (await ask('POST', '/items', { type: 'deal', title: 'Ropes', contact: contact.id })).id;
  line = (await ask('GET', '/channels?kind=phone-line')).data[0].id;
});

const cardAt = (page: Page, who: string) => page.getByRole('article').filter({ hasText: who });
const callOf = async (id: number) => ask('GET', `/calls/${id}`);
const newest = async () => (await ask('GET', '/calls?limit=1')).data[0];

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
    await ask('POST', `/sandbox/calls/${back.id}/client`, { do: 'answer' });
    await anna.getByRole('heading', { name: say('phone:page.noneMissed') }).waitFor();
    await cardAt(anna, 'Cleo Client')
      .getByRole('button', { name: say('phone:live.hangUp') })
      .click();
    await anna.getByText(say('phone:page.all'), { exact: true }).click();
    await anna.getByText('Called back by Anna Nowak', { exact: false }).waitFor();
    expect(await callOf(missed.id)).toMatchObject({ returned: { call: back.id, by: { name: 'Anna Nowak' } } });
  });

  it('of somebody unknown, of whom a contact and a deal are made while it rings', async () => {
    await ask('PATCH', `/channels/${line}`, { settings: { unknownClient: 'ignore' } });
    await ask('POST', '/calls', { line, direction: 'incoming', number: '+48602000111' });
    const card = cardAt(anna, '+48602000111');
    await card.getByRole('button', { name: say('phone:live.makeBoth.deal') }).click();
    await card.getByLabel(say('phone:live.clientName')).fill('Nora New');
    await card.getByRole('button', { name: say('phone:live.make'), exact: true }).click();
    const tied = await until('the deal', async () => {
      const found = await newest();
      return found.items.length > 0 ? found : undefined;
    });
    expect(tied.items).toMatchObject([{ title: 'Nora New', type: 'deal' }]);
    await ask('PATCH', `/calls/${tied.id}`, { state: 'ended' });
  });
});

describe('what is made of a call', () => {
  it('is not taken away when the client hangs up', async () => {
    const { id } = await ask('POST', '/calls', { line, direction: 'incoming', number: '+48602000222' });
    const card = cardAt(anna, '+48602000222');
    await card.getByRole('button', { name: say('phone:live.makeBoth.lead') }).click();
    await card.getByLabel(say('phone:live.clientName')).fill('Lea Lead');
    await ask('PATCH', `/calls/${id}`, { state: 'ended', missed: true });
    await card.getByText(say('phone:live.over')).waitFor();
    await card.getByRole('button', { name: say('phone:live.make'), exact: true }).click();
    await card.waitFor({ state: 'detached' });
    expect((await callOf(id)).items).toMatchObject([{ title: 'Lea Lead', type: 'lead' }]);
  });

  it('is a task too, about what is open with the client', async () => {
    const { id } = await ask('POST', '/calls', { line, direction: 'incoming', number: '+48601234567' });
    const card = cardAt(anna, 'Cleo Client');
    await card.getByRole('button', { name: say('phone:live.makeTask') }).click();
    await anna
      .getByRole('dialog')
      .getByRole('button', { name: say('common.create') })
      .click();
    const task = await until('the task', async () => (await ask('GET', `/tasks?item=${deal}`)).data[0]);
    expect(task).toMatchObject({ kind: 'call', title: 'Call Cleo Client' });
    await ask('PATCH', `/calls/${id}`, { state: 'ended', missed: true });
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
    const { id } = await ask('POST', '/calls', { line, direction: 'incoming', number: '+48601234567' });
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
    await ask('PATCH', `/calls/${id}`, { state: 'ended', missed: true });
    await tabs[1]?.close();
  });
});

/** Silence of three minutes: 8,000 bytes a second, none of them beyond ASCII. */
function silence(): string {
  const size = 0x170000;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(size + 36, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(size, 40);
  return head.toString('latin1') + '@'.repeat(size);
}

describe('a recording', () => {
  const sound = () =>
    anna.evaluate(() => {
      const player = document.querySelector('audio');
      return { at: player?.currentTime ?? 0, speed: player?.playbackRate, isPlaying: player?.paused === false };
    });

  it('is played, wound and hastened by the keyboard and by the mouse', async () => {
    const { data } = await ask('GET', '/calls?q=Cleo&direction=incoming');
    const { id } = data.find(({ state }: { state: string }) => state === 'ended');
    const audio = { 'content-type': 'application/octet-stream' };
    expect((await world.api('POST', `/api/v1/calls/${id}/recording`, silence(), audio)).status).toBeLessThan(300);
    await anna.goto('/calls?show=all');
    const player = anna.getByRole('group', { name: say('phone:recording.name').replace('{{number}}', '+48601234567') });
    const slider = player.getByRole('slider', { name: say('phone:recording.place') });
    await keysOf(anna).tabTo(slider);
    for (let times = 0; times < 3; times += 1) await anna.keyboard.press('ArrowRight');
    await keysOf(anna).press(player.getByRole('button', { name: say('phone:recording.play') }));
    await until('it plays from where it was put before', async () => (await sound()).at > 3);
    await keysOf(anna).press(player.getByRole('button', { name: say('phone:recording.pause') }));
    await until('it waits', async () => !(await sound()).isPlaying);
    await keysOf(anna).tabTo(slider);
    await anna.keyboard.press('Home');
    await until('it is wound to its beginning', async () => (await sound()).at === 0);
    for (let times = 0; times < 10; times += 1) await anna.keyboard.press('ArrowRight');
    await until('it is wound by the keyboard', async () => (await sound()).at === 10);
    await keysOf(anna).press(player.getByRole('button', { name: say('phone:recording.play') }));
    await until('it goes on', async () => (await sound()).at > 10);
    await player.getByText('2×', { exact: true }).click();
    await until('it is hastened', async () => (await sound()).speed === 2);

    const rail = player.locator('.mantine-Slider-trackContainer');
    const { width = 0, height = 0 } = (await rail.boundingBox()) ?? {};
    await rail.click({ position: { x: width * 0.75, y: height / 2 } });
    // The place of the mouse is taken with the next picture.
    await until('it is wound by the mouse', async () => (await sound()).at > 130);
    await player.getByRole('button', { name: say('phone:recording.pause') }).click();
    await until('it is silent', async () => !(await sound()).isPlaying);
    expect((await sound()).at).toBeGreaterThan(130);
  });
});

describe('automation', () => {
  it('moves the deal when its client was talked to, and tells whoever talked to whom and how long', async () => {
    const { data } = await ask('GET', '/pipelines?type=deal');
    const [{ name, stages }] = data;
    await ask('PUT', `/automation/deal/${data[0].id}`, {
      ...{ type: 'deal', pipeline: name },
      triggers: [
        {
          ...{ on: 'telephony/outgoing-call', stage: stages[1].code },
          settings: { lines: [line], minTalkSeconds: 30 },
        },
      ],
      rules: [
        {
          ...{ do: 'alerts/notify', stage: stages[1].code },
          settings: {
            text: 'You talked to {{ signal.number }} for {{ signal.talkSeconds }} s',
            recipients: ['signal'],
          },
        },
      ],
    });
    const { id } = await ask('POST', '/calls', { line, direction: 'outgoing', number: '+48601234567', item: deal });
    await ask('PATCH', `/calls/${id}`, { state: 'ended', duration: 42 });
    await until('the move', async () => (await ask('GET', `/items/${deal}`)).stage === stages[1].code);
    await until('the words', async () =>
      (await ask('GET', '/notifications')).data.find(
        ({ text }: { text: string }) => text === 'You talked to +48601234567 for 42 s',
      ),
    );
  });
});

describe('the line', () => {
  it('is set up by a form: who answers with which extension, and what happens after hours', async () => {
    await anna.goto('/settings/channels/phone-line');
    await anna.getByRole('combobox', { name: say('automation:controls.addEmployee') }).click();
    await anna.getByRole('option', { name: 'Piotr' }).click();
    await anna.getByRole('textbox', { name: `${say('automation:controls.extension')} 1` }).fill('101');
    await anna.getByRole('button', { name: say('common.save') }).click();
    const saved = await until('the settings', async () => {
      const found = (await ask('GET', `/channels?kind=phone-line`)).data[0].settings;
      return found.employees.length > 0 ? found : undefined;
    });
    expect(saved.employees).toMatchObject([{ extension: '101' }]);

    await ask('POST', '/calls', { line, direction: 'incoming', number: '+48601234567' });
    await cardAt(piotr, 'Cleo Client').waitFor();
    expect(await cardAt(anna, 'Cleo Client').count()).toBe(0);
  });
});

describe('a recording that lies elsewhere', () => {
  it('says why it could not be fetched, and what to do, in the language of whoever reads', async () => {
    await ask('POST', '/channels', { kind: 'phone-line', provider: 'bitrix24', name: 'Connector', settings: {} });
    const { id: me } = await ask('GET', '/me');
    const connector = async (method: string, body: object) => {
      const path = `/rest/${me}/${world.place.apiKey}/telephony.externalCall.${method}`;
      const answer = await world.api('POST', path, body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      return answer.body.result;
    };
    const client = { PHONE_NUMBER: '+48601234567', CRM_ENTITY_TYPE: 'DEAL', CRM_ENTITY_ID: deal };
    const { CALL_ID } = await connector('register', { USER_ID: me, TYPE: 2, ...client });
    const over = { DURATION: 12, STATUS_CODE: '200', RECORD_URL: 'ftp://exchange.test/1.wav' };
    await connector('finish', { USER_ID: me, CALL_ID, ...over });

    await piotr.goto(`/items/${deal}`);
    const { what, todo } = reasonInWords(because('recording-address'), 'pl');
    await piotr.getByText(new RegExp(`${sayPolish('phone:recording.failed')} ${what}\\. ${todo}`, 'i')).waitFor();
  });
});
