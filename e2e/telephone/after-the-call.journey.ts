import { because, reasonInWords } from '@signalbox/automation/kit/words/reasons.ts';
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
    const { id } = await world.ask('POST', '/calls', { line, direction: 'incoming', number: '+48601234567' });
    await world.ask('PATCH', `/calls/${id}`, { state: 'ended', duration: 184 });
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
    const { data } = await world.ask('GET', '/pipelines?type=deal');
    const [{ name, stages }] = data;
    await world.ask('PUT', `/automation/deal/${data[0].id}`, {
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
    const { id } = await world.ask('POST', '/calls', {
      line,
      direction: 'outgoing',
      number: '+48601234567',
      item: deal,
    });
    await world.ask('PATCH', `/calls/${id}`, { state: 'ended', duration: 42 });
    await until('the move', async () => (await world.ask('GET', `/items/${deal}`)).stage === stages[1].code);
    await until('the words', async () =>
      (await world.ask('GET', '/notifications')).data.find(
        ({ text }: { text: string }) => text === 'You talked to +48601234567 for 42 s',
      ),
    );
  });

  it('moves the deal of whoever rings, is missed and is called, and nobody else’s', async () => {
    const [{ id, name, stages }] = (await world.ask('GET', '/pipelines?type=deal')).data;
    const [, , rang, missed, talked] = stages.map(({ code }: { code: string }) => code);
    const kinds = { incoming: rang, missed, outgoing: talked };
    const triggers = Object.entries(kinds).map(([kind, stage]) => ({ on: `telephony/${kind}-call`, stage }));
    await world.ask('PUT', `/automation/deal/${id}`, { type: 'deal', pipeline: name, triggers });
    const { id: contact } = await world.ask('POST', '/contacts', { name: 'Dan Other', phones: ['+48601234999'] });
    const { id: other } = await world.ask('POST', '/items', { type: 'deal', title: 'Sails', contact });
    const isAt = (stage: string) =>
      until(`the deal at ${stage}`, async () => (await world.ask('GET', `/items/${deal}`)).stage === stage);

    await anna.goto('/sandbox/phone-line');
    await anna.getByLabel(say('phone:sandbox.number')).fill('+48 601 234 567');
    await anna.getByRole('button', { name: say('phone:sandbox.ring'), exact: true }).click();
    await isAt(rang);
    await cardAt(anna, 'Cleo Client').waitFor();
    await anna.getByRole('button', { name: `${say('phone:sandbox.hangUp')}: +48601234567` }).click();
    await isAt(missed);
    await cardAt(anna, 'Cleo Client').waitFor({ state: 'detached' });

    await world.ask('POST', '/calls/dial', { number: '+48601234567', line });
    await anna.getByRole('button', { name: `${say('phone:sandbox.answer')}: +48601234567` }).click();
    await cardAt(anna, 'Cleo Client')
      .getByRole('button', { name: say('phone:live.hangUp') })
      .click();
    await isAt(talked);
    expect((await world.ask('GET', `/items/${other}`)).stage).toBe(stages[0].code);
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
      const found = (await world.ask('GET', `/channels?kind=phone-line`)).data[0].settings;
      return found.employees.length > 0 ? found : undefined;
    });
    expect(saved.employees).toMatchObject([{ extension: '101' }]);

    await world.ask('POST', '/calls', { line, direction: 'incoming', number: '+48601234567' });
    await cardAt(piotr, 'Cleo Client').waitFor();
    expect(await cardAt(anna, 'Cleo Client').count()).toBe(0);
  });
});

describe('a recording that lies elsewhere', () => {
  it('says why it could not be fetched, and what to do, in the language of whoever reads', async () => {
    await world.ask('POST', '/channels', { kind: 'phone-line', provider: 'bitrix24', name: 'Connector', settings: {} });
    const { id: me } = await world.ask('GET', '/me');
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
