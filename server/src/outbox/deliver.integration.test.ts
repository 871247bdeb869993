import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { resend, retryRun } from '../automation/log/run-commands.ts';
import { reportTrouble } from '../automation/running/report-trouble.ts';
import { makeRunFixture, type RunFixture } from '../automation/running/testing-runs.ts';
import { backOffMs, type Deliverer, deliver, MAX_SENDS } from './deliver.ts';
import { LEASE_MS } from './keep-lease.ts';
import { finishDelivery } from './outbox.store.ts';
import type { Sender, SendResult } from './sender.ts';
import { deliverDue } from './testing-deliver-due.ts';
import { expireLeases } from './watch-due.ts';

let fixture: RunFixture;
let item: number;
let runId: number;
beforeAll(async () => {
  fixture = await makeRunFixture();
  await fixture.saveBoard({
    rules: [
      { id: 'mail', do: 'alerts/comment', stage: 'NEW', settings: { text: 'as if it had sent mail' } },
      { id: 'after', do: 'alerts/comment', stage: 'NEW', order: 'after previous', settings: { text: 'after' } },
    ],
  });
});
afterAll(() => fixture.close());
beforeEach(async () => {
  await fixture.inside((tx) => tx.deleteFrom('outbox').execute());
  item = await fixture.create();
  await fixture.work();
  runId = (await fixture.run(item, 'mail')).id;
});

async function post(kind = 'mail', channelId: number | null = null): Promise<number> {
  const row = {
    workspace_id: fixture.workspaceId,
    kind,
    channel_id: channelId,
    run_id: runId,
    item_id: item,
    payload: '{}',
    idempotency_key: `key-${Math.random()}`,
    next_at: fixture.clock.now(),
  };
  return (
    await fixture.inside((tx) =>
      tx
        .insertInto('outbox')
        .values({ ...row, lease_token: null, error: null })
        .returning('id')
        .executeTakeFirstOrThrow(),
    )
  ).id;
}
const row = (id: number) =>
  fixture.inside((tx) => tx.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
const posted = (outboxId: number) => ({ workspaceId: fixture.workspaceId, outboxId });

/** A sender that answers these one after the other, and remembers what it was given. */
function senderOf(...results: (SendResult | Error)[]) {
  const sent: string[] = [];
  const sender: Sender = {
    async send({ idempotencyKey }) {
      sent.push(idempotencyKey);
      const result = results[Math.min(sent.length, results.length) - 1];
      if (result instanceof Error || result === undefined) throw result;
      return result;
    },
  };
  return { sent, sender };
}
const delivererOf = (sender: Sender): Deliverer => ({
  context: fixture.context,
  senders: { mail: sender },
  onTrouble: reportTrouble,
  onPause: async () => {},
  random: () => 0.5,
});
const ok: SendResult = { outcome: 'sent' };
const busy: SendResult = { outcome: 'temporary', reason: because('server-said', { answer: 'try later' }) };
const refused: SendResult = { outcome: 'permanent', reason: because('server-said', { answer: 'no such address' }) };

describe('5.8 the outbox', () => {
  test('`sending` is committed with a lease before the network is touched', async () => {
    const id = await post();
    const seen: { state?: string; token?: string | null } = {};
    const sender: Sender = {
      send: async (_, lease) => {
        const during = await row(id);
        Object.assign(seen, { state: during.state, token: during.lease_token === lease.token ? 'ours' : null });
        return ok;
      },
    };
    expect(await deliver(delivererOf(sender), posted(id))).toBe('sent');
    expect(seen).toEqual({ state: 'sending', token: 'ours' });
    expect(await row(id)).toMatchObject({
      state: 'sent',
      lease_token: null,
      sent_at: fixture.clock.now(),
      attempts: 1,
    });
  });

  test('two jobs for one delivery send it once', async () => {
    const id = await post();
    const { sender, sent } = senderOf(ok);
    const all = await Promise.all([1, 2, 3].map(() => deliver(delivererOf(sender), posted(id))));
    expect(all.toSorted()).toEqual(['not ours', 'not ours', 'sent']);
    expect(sent).toHaveLength(1);
  });

  test('only the holder of the lease may finish', async () => {
    const id = await post();
    const sender: Sender = {
      send: async () => {
        await fixture.inside((tx) =>
          tx
            .updateTable('outbox')
            .set({ lease_token: '00000000-0000-4000-8000-000000000000' })
            .where('id', '=', id)
            .execute(),
        );
        return ok;
      },
    };
    expect(await deliver(delivererOf(sender), posted(id))).toBe('not ours');
    expect(await row(id)).toMatchObject({ state: 'sending' });
    const stolen = {
      id,
      token: '11111111-0000-4000-8000-000000000000',
      ending: { state: 'sent' as const, at: fixture.clock.now() },
    };
    expect(await fixture.inside((tx) => finishDelivery(tx, stolen))).toBe(false);
    expect(
      await fixture.inside((tx) => finishDelivery(tx, { ...stolen, token: '00000000-0000-4000-8000-000000000000' })),
    ).toBe(true);
  });

  test('temporary errors are tried again with growing pauses and jitter, then given up', async () => {
    const id = await post();
    const { sender, sent } = senderOf(busy);
    const deliverer = delivererOf(sender);
    expect(await deliver(deliverer, posted(id))).toBe('queued');
    expect(await row(id)).toMatchObject({
      state: 'queued',
      error: 'the mail server answered: try later',
      reason: { code: 'server-said', params: { answer: 'try later' } },
      next_at: new Date(fixture.clock.now().getTime() + backOffMs(1, () => 0.5)),
    });
    expect(await deliver(deliverer, posted(id))).toBe('not ours');
    for (let attempt = 2; attempt <= MAX_SENDS; attempt += 1) {
      fixture.clock.advance(4 * 3_600_000);
      await deliver(deliverer, posted(id));
    }
    expect(await row(id)).toMatchObject({
      state: 'failed',
      error: `given up after ${MAX_SENDS} tries: try later`,
      reason: { code: 'given-up', params: { tries: MAX_SENDS, answer: 'try later' } },
    });
    expect(new Set(sent).size).toBe(1);
    expect([backOffMs(1, () => 0), backOffMs(1, () => 1), backOffMs(2, () => 1), backOffMs(40, () => 1)]).toEqual([
      7_500, 15_000, 30_000, 14_400_000,
    ]);
  });

  test('a permanent error fails the delivery and turns its run failed, without touching the chain, and the timeline says what to do', async () => {
    const id = await post();
    expect(await deliver(delivererOf(senderOf(refused).sender), posted(id))).toBe('failed');
    expect(await fixture.run(item, 'mail')).toMatchObject({
      state: 'failed',
      error: 'the mail server answered: no such address',
      reason: { code: 'server-said', params: { answer: 'no such address' } },
    });
    expect(await fixture.run(item, 'after')).toMatchObject({ state: 'done' });
    const [entry] = await fixture.inside((tx) =>
      tx.selectFrom('timeline').selectAll().where('item_id', '=', item).where('kind', '=', 'delivery-failed').execute(),
    );
    expect(entry).toMatchObject({
      text: expect.stringMatching(/no such address.*send it again/),
      data: { delivery: id, run: runId },
    });
  });

  test('trying such a run again sends the delivery, and repeats none of its other effects', async () => {
    const id = await post();
    await deliver(delivererOf(senderOf(refused).sender), posted(id));
    await fixture.inside((tx) => retryRun(tx, fixture.acting(), runId));
    expect(await row(id)).toMatchObject({ state: 'queued', attempts: 0, error: null });
    expect(await fixture.work()).toEqual([]);
    expect(await deliver(delivererOf(senderOf(ok).sender), posted(id))).toBe('sent');
    expect(await fixture.run(item, 'mail')).toMatchObject({ state: 'done', error: null });
    const texts = await fixture.inside((tx) =>
      tx.selectFrom('timeline').select('text').where('item_id', '=', item).where('kind', '=', 'comment').execute(),
    );
    expect(texts).toHaveLength(2);
  });

  test('a sender that dies leaves it `sending`; once the lease has run out it is uncertain, and never sent by itself', async () => {
    const id = await post();
    const { sender, sent } = senderOf(new Error('killed'));
    await expect(deliver(delivererOf(sender), posted(id))).rejects.toThrow(/may or may not/);
    expect(await expireLeases(delivererOf(sender))).toBe(0);
    fixture.clock.advance(LEASE_MS + 1);
    expect(await expireLeases(delivererOf(sender))).toBe(1);
    expect(await row(id)).toMatchObject({ state: 'uncertain', lease_token: null });
    expect(await fixture.run(item, 'mail')).toMatchObject({ state: 'uncertain' });
    fixture.clock.advance(86_400_000);
    expect([
      await deliverDue(delivererOf(sender)),
      await deliver(delivererOf(sender), posted(id)),
      sent.length,
    ]).toEqual([0, 'not ours', 1]);

    expect(await fixture.inside((tx) => resend(tx, fixture.acting(), { outboxId: id, runId }))).toBe(true);
    expect(await deliver(delivererOf(senderOf(ok).sender), posted(id))).toBe('sent');
    expect(await fixture.run(item, 'mail')).toMatchObject({ state: 'done' });
    expect(await fixture.inside((tx) => resend(tx, fixture.acting(), { outboxId: id, runId }))).toBe(false);
  });

  test('a provider that takes our key is sent again with the same one after a crash', async () => {
    const id = await post();
    const { sender, sent } = senderOf(new Error('killed'), ok);
    const deliverer = delivererOf({ ...sender, deduplicates: true });
    await expect(deliver(deliverer, posted(id))).rejects.toThrow();
    fixture.clock.advance(LEASE_MS + 1);
    await expireLeases(deliverer);
    expect(await row(id)).toMatchObject({ state: 'queued' });
    fixture.clock.advance(2_001);
    await deliverDue(deliverer);
    expect(await row(id)).toMatchObject({ state: 'sent' });
    expect(sent).toEqual([sent[0], sent[0]]);
  });

  test('delivery to the sandbox is one transaction: cut off midway it is still queued, never uncertain', async () => {
    const channelId = await fixture.addChannel({ kind: 'mailbox' });
    const id = await post('mail', channelId);
    let cut = true;
    const sender: Sender = {
      send: async () => refused,
      sendInside: async (tx, delivery) => {
        await sql`insert into sandbox_mail (workspace_id, outbox_id, from_address, to_addresses) values (${delivery.workspaceId}, ${delivery.id}, 'a@b.test', '{}')`.execute(
          tx,
        );
        if (cut) throw new Error('killed');
        return ok;
      },
    };
    await expect(deliver(delivererOf(sender), posted(id))).rejects.toThrow('killed');
    expect(await row(id)).toMatchObject({ state: 'queued', attempts: 0 });
    cut = false;
    expect(await deliver(delivererOf(sender), posted(id))).toBe('sent');
    expect(await fixture.inside((tx) => tx.selectFrom('sandbox_mail').select('outbox_id').execute())).toEqual([
      { outbox_id: id },
    ]);
  });

  test('what nothing can send fails with a reason', async () => {
    const id = await post('pigeon');
    expect(await deliver(delivererOf(senderOf(ok).sender), posted(id))).toBe('failed');
    expect(await row(id)).toMatchObject({ error: 'nothing here sends "pigeon"' });
  });
});
