import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { inWorkspace } from '../../platform/db.ts';

let server: TestServer;
let firm: TestWorkspace;

beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace();
  await firm.addPerson('eve@firm.test');
  const gone = await firm.addPerson('gone@firm.test');
  await inWorkspace(server.context.databases.app, firm.id, (tx) =>
    sql`update employees set dismissed_at = now() where id = ${gone.id}`.execute(tx),
  );
});
afterAll(() => server.close());

const STAGES = ['NEW', 'OFFER', 'WARM'].map((code) => ({ code, name: code, kind: 'open' }));
const board = (more: object) => ({ type: 'deal', pipeline: 'Sales', stages: STAGES, ...more });
const check = async (more: object, key = firm.key) =>
  (await server.call('POST', '/api/v1/automation/check', { key, body: { file: board(more) } })).body;
const tell = (recipients: readonly string[], more: object = {}) => ({
  ...{ id: 'tell', name: 'Tell', do: 'alerts/notify', stage: 'WARM', settings: { text: 'Look', recipients } },
  ...more,
});

describe('8.1 the check knows the company', () => {
  it.each<[string, object, string]>([
    ['a recipient who left', { rules: [tell(['gone@firm.test'])] }, 'rules[0].settings.recipients'],
    ['one who never was here', { rules: [tell(['nobody@firm.test'])] }, 'rules[0].settings.recipients'],
    ['a department that is not there', { rules: [tell(['department:Support'])] }, 'rules[0].settings.recipients'],
    [
      'a move on behalf of somebody who left',
      { triggers: [{ id: 'open', on: 'email/opened', stage: 'WARM', as: 'gone@firm.test' }] },
      'triggers[0].as',
    ],
    [
      'a mailbox that is not there',
      { triggers: [{ id: 'came', on: 'email/received', stage: 'WARM', settings: { mailboxes: ['old@firm.test'] } }] },
      'triggers[0].settings.mailboxes',
    ],
  ])('finds %s', async (_what, more, path) => {
    expect(await check(more)).toMatchObject({ errors: [{ path }], warnings: [] });
  });

  it('is silent about those who are here', async () => {
    const recipients = ['eve@firm.test', 'role:admin', 'supervisor', 'field:responsible'];
    expect(await check({ rules: [tell(recipients)] })).toEqual({ errors: [], warnings: [] });
  });

  it('finds nobody of another company', async () => {
    const rival = await server.addWorkspace('Rival');
    expect((await check({ rules: [tell(['eve@firm.test'])] }, rival.key)).errors).toHaveLength(1);
  });

  it('warns of a trigger whose only channel is switched off, until it is on again', async () => {
    const line = { kind: 'phone-line', provider: 'api', name: 'Office', settings: { number: '+48221234567' } };
    await server.call('POST', '/api/v1/channels', { key: firm.key, body: line });
    const { data } = (await server.call('GET', '/api/v1/channels?kind=phone-line', { key: firm.key })).body;
    const triggers = [{ id: 'missed', on: 'telephony/missed-call', stage: 'WARM' }];
    const turn = async (enabled: boolean) => {
      for (const { id } of data)
        await server.call('PATCH', `/api/v1/channels/${id}`, { key: firm.key, body: { enabled } });
    };
    expect(await check({ triggers })).toEqual({ errors: [], warnings: [] });
    await turn(false);
    const told = await check({ triggers });
    await turn(true);
    expect(told).toMatchObject({ errors: [], warnings: [{ code: 'not-connected', path: 'triggers[0]' }] });
    expect(await check({ triggers })).toEqual({ errors: [], warnings: [] });
  });

  it('warns of a circle and of what is cancelled before it can run, at a card, and saves nothing', async () => {
    const go = (stage: string, to: string) => ({ id: stage, do: 'items/change-stage', stage, settings: { stage: to } });
    const rules = [go('OFFER', 'WARM'), go('WARM', 'OFFER'), tell(['eve@firm.test'])];
    const { errors, warnings } = await check({ rules });
    expect(errors).toEqual([]);
    expect(warnings).toMatchObject([
      { code: 'cancelled-mostly', path: 'rules[2]' },
      { code: 'cycle', path: 'rules[0]', message: expect.stringContaining('OFFER → WARM → OFFER') },
    ]);
    const { rows } = await inWorkspace(server.context.databases.app, firm.id, (tx) =>
      sql`select from boards where version > 1`.execute(tx),
    );
    expect(rows).toEqual([]);
  });
});
