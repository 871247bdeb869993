import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reportTrouble } from '../automation/running/report-trouble.ts';
import { makeRunFixture, type RunFixture } from '../automation/running/testing-runs.ts';
import { createDispatcher, type Dispatcher } from './dispatch.ts';
import type { Claimed } from './outbox.store.ts';
import { putInOutbox } from './put-in-outbox.ts';
import type { SendResult } from './sender.ts';

let fixture: RunFixture;
let dispatcher: Dispatcher;
let hanging: (() => void)[];
let sent: number[];
let slow: number;
let most: number;

beforeAll(async () => {
  fixture = await makeRunFixture();
});
afterAll(() => fixture.close());

beforeEach(async () => {
  [hanging, sent, most] = [[], [], 0];
  slow = await addChannel('smtp');
  const send = async ({ id, channelId }: Pick<Claimed, 'id' | 'channelId'>): Promise<SendResult> => {
    if (channelId === slow) await new Promise<void>((go) => (most = Math.max(most, hanging.push(go))));
    sent.push(id);
    return { outcome: 'sent' };
  };
  const senders = { mail: { send, sendInside: (_: unknown, delivery: Claimed) => send(delivery) } };
  dispatcher = createDispatcher({
    ...{ context: fixture.context, senders, onTrouble: reportTrouble, onPause: async () => {} },
  });
});

const addChannel = async (provider: string) => {
  const id = await fixture.addChannel({ kind: 'mailbox' });
  await fixture.inside((tx) => tx.updateTable('channels').set({ provider }).where('id', '=', id).execute());
  return id;
};
const post = async (channelId: number) => {
  const outboxId = await fixture.inside((tx) =>
    putInOutbox(tx, {
      ...{ kind: 'mail', channelId, at: fixture.clock.now() },
      subject: { itemId: null, runId: null },
    }),
  );
  return { workspaceId: fixture.workspaceId, outboxId };
};
const soon = (work: Promise<void>) => Promise.race([work.then(() => 'done'), sleep(2_000, 'waits')]);

describe('a peer that never ends', () => {
  test('holds a few slots of its own, and nothing else waits for it', async () => {
    const stuck = [];
    for (let n = 0; n < 20; n += 1) stuck.push(dispatcher.dispatch(await post(slow)));
    const [healthy, sandbox] = [await addChannel('smtp'), await addChannel('sandbox')];

    expect(await soon(dispatcher.dispatch(await post(healthy)))).toBe('done');
    expect(await soon(dispatcher.dispatch(await post(sandbox)))).toBe('done');
    expect(sent).toHaveLength(2);

    // Once it answers, what has waited goes out.
    while (sent.length < 22) {
      for (const go of hanging.splice(0)) go();
      await sleep(10);
    }
    await Promise.all(stuck);
    expect(most).toBe(4);
  });
});

test('what is in hand already is not taken twice', async () => {
  const posted = await post(slow);
  const first = dispatcher.dispatch(posted);
  const second = dispatcher.dispatch(posted);
  while (hanging.length === 0) await sleep(10);
  expect(hanging).toHaveLength(1);
  hanging[0]?.();
  await Promise.all([first, second]);
  expect(sent).toEqual([posted.outboxId]);
});

test('at a stop what is under way ends, and what waits stays queued', async () => {
  for (let n = 0; n < 6; n += 1) void dispatcher.dispatch(await post(slow));
  while (hanging.length < 4) await sleep(10);
  const stopped = dispatcher.stop();
  for (const go of hanging) go();
  await stopped;
  expect(sent).toHaveLength(4);
  await dispatcher.dispatch(await post(await addChannel('smtp')));
  expect(sent).toHaveLength(4);
});
