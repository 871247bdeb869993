import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MailHouse, openMailHouse } from '../channels/email/testing-mail.ts';
import { noRights } from '../people/rights/standard-roles.ts';

let house: MailHouse;
let pipeline: number;
beforeAll(async () => {
  house = await openMailHouse();
  await house.fixture.inside(async (tx) => {
    const { rows } = await sql<{ id: number }>`
      update pipelines set board_version = 1 where type = 'deal' and name = 'Sales' returning id`.execute(tx);
    pipeline = Number(rows[0]?.id);
  });
});
afterAll(() => house.close());

async function connect(kind: string, settings: object): Promise<number> {
  const { body } = await house.ask('POST', '/api/v1/channels', { kind, provider: 'sandbox', name: 'Second', settings });
  return Number(body.id);
}

const remove = (id: number) => house.ask('DELETE', `/api/v1/channels/${id}`);

async function saveBoard(entries: object): Promise<void> {
  const file = JSON.stringify({ type: 'deal', pipeline: 'Sales', ...entries });
  await house.fixture.inside(async (tx) => {
    await sql`delete from boards where pipeline_id = ${pipeline}`.execute(tx);
    await sql`insert into boards (workspace_id, pipeline_id, version, file, saved_at)
      select workspace_id, id, 1, ${file}::jsonb, now() from pipelines where id = ${pipeline}`.execute(tx);
  });
}

it('a channel that nothing needs goes, once', async () => {
  const id = await connect('phone-line', { number: '+48 22 000' });

  expect((await house.ask('GET', `/api/v1/channels/${id}/use`)).body).toEqual({ automation: [], waiting: 0 });
  expect([(await remove(id)).status, (await remove(id)).status]).toEqual([204, 404]);
});

it.each([
  ['its id', (id: number) => [id]],
  ['its number, however it is written', () => '+48 22 ABC'],
])('a channel that automation names by %s stays until it does no more', async (_, lines) => {
  const id = await connect('phone-line', { number: '+48 22 abc' });
  const named = { id: 'miss', name: 'Call back', settings: { lines: lines(id) } };
  await saveBoard({
    triggers: [
      { on: 'telephony/missed-call', stage: 'NEW', ...named },
      { on: 'telephony/missed-call', stage: 'NEW' },
    ],
  });
  const refused = await remove(id);
  const { body } = await house.ask('GET', `/api/v1/channels/${id}/use`);
  await saveBoard({});

  expect(refused).toMatchObject({ status: 409, body: { code: 'channel-needed' } });
  expect(body.automation).toEqual([
    {
      pipeline: { id: pipeline, name: 'Sales', type: 'deal' },
      ...{ lane: 'trigger', key: 'telephony/missed-call', entry: 'miss', name: 'Call back' },
    },
  ]);
  expect((await remove(id)).status).toBe(204);
});

it('the only mailbox stays while a rule that says none sends through it', async () => {
  await saveBoard({
    rules: [{ id: 'mail', do: 'clients/email', stage: 'NEW', settings: { subject: 'a', text: 'b' } }],
  });
  const only = await remove(house.mailboxId);
  const second = await connect('mailbox', { address: 'second@firm.test' });
  const one = await remove(second);

  expect([only.status, one.status]).toEqual([409, 204]);
});

it('a channel through which a message waits to leave stays', async () => {
  const id = await connect('sms-provider', { sender: 'Firm' });
  await house.fixture.inside((tx) =>
    sql`insert into outbox (workspace_id, kind, channel_id, payload, idempotency_key)
      select workspace_id, 'sms', id, '{}', 'waits' from channels where id = ${id}`.execute(tx),
  );

  expect(await remove(id)).toMatchObject({ status: 409, body: { code: 'channel-needed' } });
});

it('only who may change settings may delete a channel', async () => {
  const id = await connect('phone-line', {});
  const { caller } = house;
  house.caller = { ...caller, rights: { ...caller.rights, ...noRights, administrator: false } };
  const { status } = await remove(id);
  house.caller = caller;

  expect(status).toBe(403);
});
