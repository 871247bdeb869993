import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { makeRoutes } from '../compose/routes.ts';
import { countFailure, setPause } from '../connections/failing-channels.store.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { createRecorder } from '../signals/recorder.ts';
import { putInOutbox } from './put-in-outbox.ts';

let server: TestServer;
let firm: TestWorkspace;
let channel = 0;
beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
});
afterAll(() => server.close());

const inside = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(server.context.databases.app, firm.id, work);
const call = (method: 'GET' | 'POST' | 'PATCH', url: string, more: { key?: string; body?: object } = {}) =>
  server.call(method, `/api/v1/channels${url}`, { key: firm.key, ...more });
const shown = async () => (await call('GET', '')).body.data.find(({ id }: { id: number }) => id === channel)?.pause;
const until = () => new Date(server.context.clock.now().getTime() + 3_600_000);

beforeEach(async () => {
  firm = await server.addWorkspace();
  const settings = { address: 'sales@firm.test', smtpHost: 'smtp.firm.test' };
  const body = { kind: 'mailbox', provider: 'smtp', name: 'Sales', settings };
  channel = (await call('POST', '', { body })).body.id;
});

async function pause(): Promise<void> {
  const now = server.context.clock.now();
  await inside(async (tx) => {
    await countFailure(tx, { channelId: channel, reason: because('no-connection', { answer: 'refused' }), now });
    await setPause(tx, channel, { pauses: 1, at: now, until: until(), probeId: null });
  });
}

describe('a paused channel', () => {
  it('says so, with what the provider answered and when it is tried again; in /healthz, too', async () => {
    expect(await shown()).toBeNull();
    const before = (await server.call('GET', '/healthz')).body.backlog.channelsPaused;
    await pause();
    expect(await shown()).toMatchObject({
      ...{ failures: 1, error: 'no connection to the mail server: refused', until: expect.any(String) },
      reason: { code: 'no-connection', params: { answer: 'refused' } },
    });
    expect((await server.call('GET', '/healthz')).body.backlog.channelsPaused).toBe(before + 1);
  });

  it('goes on when an administrator says so; what waited is due at once', async () => {
    await pause();
    const waiting = await inside(async (tx) => {
      const subject = { itemId: null, runId: null };
      const id = await putInOutbox(tx, { kind: 'mail', channelId: channel, subject, at: until() });
      const reason = JSON.stringify(because('channel-paused', { channel: 'Sales', answer: 'refused' }));
      await tx.updateTable('outbox').set({ reason }).where('id', '=', id).execute();
      return id;
    });
    const { key } = await firm.addPerson('carl@firm.test');
    expect((await call('POST', `/${channel}/resume`, { key })).status).toBe(403);
    expect(await shown()).not.toBeNull();

    expect((await call('POST', `/${channel}/resume`)).status).toBe(204);
    expect(await shown()).toBeNull();
    const row = await inside((tx) =>
      tx.selectFrom('outbox').selectAll().where('id', '=', waiting).executeTakeFirstOrThrow(),
    );
    expect(row).toMatchObject({ state: 'queued', reason: null });
    expect(row.next_at.getTime()).toBeLessThanOrEqual(server.context.clock.now().getTime());
    const { body } = await server.call('GET', '/api/v1/audit?kind=channel-resumed', { key: firm.key });
    expect(body.data).toMatchObject([{ on: { id: String(channel) }, by: { person: { id: firm.adminId } } }]);
  });

  it('is tried again at once when its settings change', async () => {
    await pause();
    const { body } = await call('PATCH', `/${channel}`, { body: { settings: { smtpHost: 'smtp.firm.test' } } });
    expect(new Date(body.pause.until).getTime()).toBeLessThanOrEqual(server.context.clock.now().getTime());
  });
});

it('a channel that is not paused, or is not there, can’t go on', async () => {
  expect(await call('POST', `/${channel}/resume`)).toMatchObject({ status: 409, body: { code: 'not-paused' } });
  expect((await call('POST', '/999999/resume')).status).toBe(404);
  await pause();
  const rival = await server.addWorkspace('Rival');
  expect((await call('POST', `/${channel}/resume`, { key: rival.key })).status).toBe(404);
});
