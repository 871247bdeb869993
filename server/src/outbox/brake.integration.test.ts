import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reportTrouble } from '../automation/running/report-trouble.ts';
import { makeRunFixture, type RunFixture } from '../automation/running/testing-runs.ts';
import { tellOfPause } from '../collaboration/notifications/tell-of-pause.ts';
import { listPaused } from '../connections/failing-channels.store.ts';
import { FAILURES, pauseMs, resumeChannel } from './brake.ts';
import { type Deliverer, deliver } from './deliver.ts';
import { putInOutbox } from './put-in-outbox.ts';
import type { SendResult } from './sender.ts';
import { deliverDue } from './testing-deliver-due.ts';
import { probePaused } from './watch-due.ts';

const MINUTE_MS = 60_000;
let fixture: RunFixture;
let deliverer: Deliverer;
let channelId = 0;
let answer: SendResult | Error;
let sent: number[];
beforeAll(async () => {
  fixture = await makeRunFixture();
  deliverer = {
    ...{ context: fixture.context, random: () => 0, onTrouble: reportTrouble, onPause: tellOfPause },
    senders: {
      mail: {
        async send({ id }) {
          sent.push(id);
          if (answer instanceof Error) throw answer;
          return answer;
        },
      },
    },
  };
});
afterAll(() => fixture.close());
beforeEach(async () => {
  sent = [];
  answer = down;
  await fixture.inside(async (tx) => {
    for (const table of ['outbox', 'failing_channels', 'notifications'] as const) await tx.deleteFrom(table).execute();
  });
  channelId = await fixture.addChannel({ kind: 'mailbox', name: 'Sales' });
  await fixture.inside((tx) => tx.updateTable('channels').set({ provider: 'smtp' }).execute());
});

const down: SendResult = {
  outcome: 'temporary',
  reason: because('no-connection', { answer: 'refused' }),
  ofProvider: true,
};
const unknown: SendResult = { outcome: 'permanent', reason: because('server-said', { answer: '550 no such user' }) };
const ok: SendResult = { outcome: 'sent' };

const put = (itemId: number | null = null, channel = channelId) =>
  fixture.inside((tx) =>
    putInOutbox(tx, { kind: 'mail', channelId: channel, subject: { itemId, runId: null }, at: fixture.clock.now() }),
  );
const send = (outboxId: number) => deliver(deliverer, { workspaceId: fixture.workspaceId, outboxId });
const row = (id: number) =>
  fixture.inside((tx) => tx.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
const paused = async () => (await fixture.inside(listPaused)).map(({ channelId: id, pauses }) => ({ id, pauses }));
const bell = async () =>
  (await fixture.inside((tx) => tx.selectFrom('notifications').select('text').orderBy('id').execute())).map(
    ({ text }) => text,
  );
const waitingEntries = async (itemId: number) =>
  (
    await fixture.inside((tx) =>
      tx
        .selectFrom('timeline')
        .select('text')
        .where('item_id', '=', itemId)
        .where('kind', '=', 'delivery-paused')
        .execute(),
    )
  ).map(({ text }) => text);

/** As many failures as it takes, over as long as it takes. */
async function fail(times = FAILURES): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    fixture.clock.advance(10_000);
    await send(await put());
  }
}
/** What the polls do every few seconds, once the pause is over. */
async function comeBack(pauses: number): Promise<void> {
  fixture.clock.advance(pauseMs(pauses) + 1);
  await probePaused(deliverer);
  fixture.clock.advance(2_001);
  await deliverDue(deliverer);
}

describe('a provider that keeps failing', () => {
  test('is paused, and what is to leave through it waits: told in the bell of administrators, on the row and on the timeline, once', async () => {
    await fail();
    expect(await paused()).toEqual([{ id: channelId, pauses: 1 }]);
    expect(await bell()).toEqual([expect.stringMatching(/^Sales is paused.*refused/)]);
    const item = await fixture.create();
    const tried = sent.length;
    const waiting = await put(item);
    expect(await send(waiting)).toBe('not ours');
    expect(sent).toHaveLength(tried);
    expect(await row(waiting)).toMatchObject({
      ...{ state: 'queued', attempts: 0, error: 'Sales keeps failing and is paused: refused' },
      reason: { code: 'channel-paused', params: { channel: 'Sales', answer: 'refused' } },
    });
    fixture.clock.advance(pauseMs(1) - 1);
    await send(waiting);
    expect(await waitingEntries(item)).toEqual([expect.stringMatching(/^A message waits: Sales keeps failing/)]);
  });

  test('is not paused by a few failures, nor by many in a moment, nor by failures between successes', async () => {
    await fail(FAILURES - 1);
    expect(await paused()).toEqual([]);
    answer = ok;
    await send(await put());
    answer = down;
    await fail(FAILURES - 1);
    expect(await paused()).toEqual([]);
    answer = ok;
    await send(await put());
    answer = down;
    for (let count = 0; count < 2 * FAILURES; count += 1) await send(await put());
    expect(await paused()).toEqual([]);
  });

  test('is not paused by receivers that it does not know: it answers', async () => {
    answer = unknown;
    await fail(2 * FAILURES);
    expect(await paused()).toEqual([]);
  });

  test('is paused when it breaks off without an answer, too', async () => {
    answer = new Error('cut off');
    for (let count = 0; count < FAILURES; count += 1) {
      fixture.clock.advance(10_000);
      await expect(send(await put())).rejects.toThrow(/may or may not/);
    }
    expect(await paused()).toEqual([{ id: channelId, pauses: 1 }]);
  });

  test('holds up nobody else', async () => {
    await fail();
    const other = await fixture.addChannel({ kind: 'mailbox', name: 'Support' });
    await fixture.inside((tx) => tx.updateTable('channels').set({ provider: 'smtp' }).execute());
    answer = ok;
    expect(await send(await put(null, other))).toBe('sent');
    expect(await paused()).toEqual([{ id: channelId, pauses: 1 }]);
  });
});

describe('after the pause', () => {
  test('one is let through; while it fails the pauses grow, and nothing else is tried', async () => {
    await fail();
    for (let count = 0; count < 5; count += 1) await send(await put());
    for (const pauses of [1, 2, 3]) {
      const before = sent.length;
      await comeBack(pauses);
      expect(sent).toHaveLength(before + 1);
      expect(await paused()).toEqual([{ id: channelId, pauses: pauses + 1 }]);
    }
    expect(await bell()).toHaveLength(1);
    expect([1, 2, 3, 7, 20].map(pauseMs)).toEqual([1, 2, 4, 60, 60].map((minutes) => minutes * MINUTE_MS));
  });

  test('one that arrives frees all that wait, and the administrators are told', async () => {
    await fail();
    const waiting = [await put(), await put(), await put()];
    for (const id of waiting) await send(id);
    answer = ok;
    await comeBack(1);
    expect(await paused()).toEqual([]);
    fixture.clock.advance(2_001);
    await deliverDue(deliverer);
    for (const id of waiting) expect(await row(id)).toMatchObject({ state: 'sent', attempts: 1, error: null });
    expect(sent.filter((id) => waiting.includes(id)).toSorted()).toEqual(waiting);
    expect((await bell())[1]).toBe('Sales works again. What waited is being sent.');
  });

  test('a probe whose sender died does not hold the rest for ever', async () => {
    await fail();
    for (let count = 0; count < 2; count += 1) await send(await put());
    answer = new Error('killed');
    fixture.clock.advance(pauseMs(1) + 1);
    await probePaused(deliverer);
    fixture.clock.advance(2_001);
    await deliverDue(deliverer);
    answer = ok;
    await comeBack(2);
    expect(await paused()).toEqual([]);
  });
});

test('a person need not wait: what waits goes out at once, a channel that is not paused is left alone', async () => {
  await fail();
  const waiting = await put();
  await send(waiting);
  const resume = () => fixture.inside((tx) => resumeChannel(tx, deliverer, { channelId, now: fixture.clock.now() }));
  expect(await resume()).toBe(true);
  expect(await resume()).toBe(false);
  answer = ok;
  expect(await send(waiting)).toBe('sent');
});
