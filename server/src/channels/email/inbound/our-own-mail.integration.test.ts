import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainWorkspace } from '../../../automation/drain/drain.ts';
import { letter } from '../reading/testing-letters.ts';
import { type HouseWithDoor, openHouseWithDoor } from '../testing-door.ts';
import { bindSignals } from './bind-signals.ts';

let house: HouseWithDoor;
let gina: number;
let item: number;

beforeAll(async () => {
  house = await openHouseWithDoor();
  const { addPipeline, addChannel, addEmployee, addContact, addItem, saveBoard, inside } = house.fixture;
  await addPipeline({ type: 'lead', name: 'Leads', stages: [{ code: 'NEW' }] });
  await addChannel({ kind: 'mailbox', name: 'support', settings: { address: 'support@sandbox.test' } });
  gina = await addEmployee({ name: 'Gina', email: 'Gina@Check.test' });
  await inside((tx) => sql`update employees set addresses = '{gina@home.example}' where id = ${gina}`.execute(tx));
  await saveBoard({ triggers: [{ id: 'wrote', on: 'email/received', stage: 'WARM' }] });
  item = await addItem({ contactId: await addContact({ name: 'Cleo', emails: ['cleo@client.example'] }) });
});
afterAll(() => house.close());

const drain = () => drainWorkspace(house.context, house.fixture.workspaceId, { bindSignals });
const deliver = async (headers: readonly string[], body = 'Please take this.') => {
  const raw = letter(['To: sales@sandbox.test', `Message-ID: <${crypto.randomUUID()}@a.example>`, ...headers], body);
  expect(await house.client.send(raw, { from: 'www@site.example', to: ['sales@sandbox.test'] })).toMatch(/^250 /);
  await drain();
  const { body: list } = await house.ask('GET', '/api/v1/emails?limit=1');
  const [line] = list.data as [{ id: number; why: object }];
  const shown: Record<string, unknown> = {
    ...(await house.ask('GET', `/api/v1/emails/${line.id}`)).body,
    why: line.why,
  };
  return shown;
};
const census = async () => {
  const [row] = await house.rows(sql`select (select count(*)::int from contacts) as contacts,
    (select count(*)::int from items) as items, (select count(*)::int from visits) as visits`);
  return row;
};
const stageOf = async (id: unknown) => {
  const [row] = await house.rows<{ code: string }>(
    sql`select s.code from items i join stages s on s.id = i.stage_id where i.id = ${Number(id)}`,
  );
  return row?.code;
};
const notices = (employee: number) =>
  house.rows<{ text: string }>(sql`select text from notifications where employee_id = ${employee} order by id desc`);

describe('mail of ours makes no client and no lead', () => {
  it.each([
    ['an employee', 'From: Gina <gina@check.test>', 'Gina'],
    ['an employee with a tag', 'From: gina+crm@check.test', 'Gina'],
    ['a further address of an employee', 'From: Gina Private <gina@home.example>', 'Gina'],
    ['another mailbox of ours', 'From: Support <support@sandbox.test>', undefined],
    ['the mailbox itself', 'From: sales@sandbox.test', undefined],
    [
      'an employee through our group',
      'From: "\'Gina\' via Sales" <sales@sandbox.test>\r\nX-Original-From: gina@check.test',
      'Gina',
    ],
  ])('of %s', async (_, from, author) => {
    const before = await census();
    const shown = await deliver([from, 'Subject: Internal']);
    expect(await census()).toEqual(before);
    expect(shown).toMatchObject({
      ours: true,
      item: null,
      why: { code: 'ours' },
      author: author === undefined ? null : { name: author },
    });
  });

  it('and whoever was dismissed is nobody of ours', async () => {
    const left = await house.fixture.addEmployee({ name: 'Left', email: 'left@check.test' });
    await house.fixture.inside((tx) => sql`update employees set dismissed_at = now() where id = ${left}`.execute(tx));
    expect(await deliver(['From: left@check.test', 'Subject: Hello'])).toMatchObject({
      ours: false,
      item: expect.any(Number),
    });
  });
});

describe('an employee who answers on a thread', () => {
  it('leaves a note on its item, which moves nothing, while the client who answers moves it', async () => {
    const { body: sent } = await house.ask('POST', `/api/v1/items/${item}/emails`, { subject: 'Offer', text: 'Hello' });
    const answer = ['Subject: Re: Offer', `In-Reply-To: ${sent.messageId}`];

    expect(await deliver(['From: gina@check.test', ...answer])).toMatchObject({
      item,
      ours: true,
      author: { id: gina },
    });
    expect(await stageOf(item)).toBe('NEW');
    const { body: timeline } = await house.ask('GET', `/api/v1/items/${item}/emails`);
    expect(timeline.data).toMatchObject([{ ours: true, author: { name: 'Gina' } }, { ours: false }]);
    expect(
      await house.rows(
        sql`select author_id from timeline where item_id = ${item} and kind = 'email' order by id desc limit 1`,
      ),
    ).toEqual([{ author_id: gina }]);
    expect((await notices(house.fixture.employeeId))[0]?.text).toBe('gina@check.test wrote: Re: Offer');
    expect(await notices(gina)).toEqual([]);

    await deliver(['From: cleo@client.example', ...answer]);
    expect(await stageOf(item)).toBe('WARM');
  });
});

const forwardOf = (who: string) =>
  `please take\n\n---------- Forwarded message ---------\nFrom: ${who}\nDate: Mon, 5 Jan 2026 at 10:00\nSubject: Question\nTo: gina@check.test\n\nwhat is the price?`;

describe("a client's letter that an employee forwards", () => {
  it("is offered, and taken it is the client's: a lead of theirs, answered to them", async () => {
    const before = await census();
    const shown = await deliver(
      ['From: gina@check.test', 'Subject: Fwd: Question'],
      forwardOf('Ada <ada@new.example>'),
    );
    expect(shown).toMatchObject({
      ours: true,
      forwarded: { from: { address: 'ada@new.example', name: 'Ada' }, subject: 'Question', state: 'offered' },
    });
    expect(await census()).toEqual(before);
    expect((await notices(gina))[0]?.text).toContain('A letter of Ada was passed on to us');
    expect((await house.ask('GET', '/api/v1/held-mail')).body).toMatchObject({ data: [{ id: shown.id }] });

    expect(await house.ask('POST', `/api/v1/emails/${shown.id}/forwarded`, { take: true })).toMatchObject({
      status: 200,
      body: { signal: expect.any(Number) },
    });
    await drain();
    const { body: taken } = await house.ask('GET', `/api/v1/emails/${shown.id}`);
    expect(taken).toMatchObject({
      ours: false,
      item: expect.any(Number),
      from: { address: 'ada@new.example' },
      replyTo: 'ada@new.example',
      author: { name: 'Gina' },
      writer: { reason: 'forwarded' },
    });
    expect(
      await house.rows(
        sql`select a.normal from items i join client_addresses a on a.client_id = i.contact_id and a.client_kind = 'contact' where i.id = ${Number(taken.item)}`,
      ),
    ).toEqual([{ normal: 'ada@new.example' }]);
    expect((await house.ask('POST', `/api/v1/emails/${shown.id}/forwarded`, { take: true })).status).toBe(422);
    expect((await house.ask('GET', '/api/v1/held-mail')).body).toMatchObject({ data: [] });
  });

  it('of a client with an open item goes there, and its words are what triggers look at', async () => {
    const contactId = await house.fixture.addContact({ name: 'Dora', emails: ['dora@client.example'] });
    const open = await house.fixture.addItem({ contactId });
    const shown = await deliver(
      ['From: gina@check.test', 'Subject: x', 'Content-Type: multipart/mixed; boundary=b'],
      '--b\n\nplease take\n--b\nContent-Type: message/rfc822\n\nFrom: Dora <dora@client.example>\nSubject: Order\n\nyes\n--b--',
    );
    await house.ask('POST', `/api/v1/emails/${shown.id}/forwarded`, { take: true });
    await drain();
    expect(await stageOf(open)).toBe('WARM');
    expect(await house.rows(sql`select payload ->> 'text' as text from signals order by id desc limit 1`)).toEqual([
      { text: expect.stringMatching(/^yes\s*$/) },
    ]);
  });

  it('stays a note when declined, and can be put right, but not to an address of ours', async () => {
    const shown = await deliver(['From: gina@check.test', 'Subject: Fwd: Question'], forwardOf('ada@wrong.example'));
    const url = `/api/v1/emails/${shown.id}/forwarded`;
    expect((await house.ask('POST', url, { take: true, from: 'support@sandbox.test' })).status).toBe(422);
    expect((await house.ask('POST', url, { take: false })).body).toEqual({ id: shown.id, signal: null });
    expect((await house.ask('GET', `/api/v1/emails/${shown.id}`)).body).toMatchObject({
      ours: true,
      forwarded: { state: 'declined' },
    });

    const other = await deliver(['From: gina@check.test', 'Subject: Fwd: Question'], forwardOf('ada@wrong.example'));
    await house.ask('POST', `/api/v1/emails/${other.id}/forwarded`, {
      take: true,
      from: 'Eva@right.example',
      name: 'Eva',
    });
    expect((await house.ask('GET', `/api/v1/emails/${other.id}`)).body).toMatchObject({
      from: { address: 'eva@right.example', name: 'Eva' },
    });
    expect((await house.ask('POST', '/api/v1/emails/999999/forwarded', { take: true })).status).toBe(404);
  });

  it('is nothing to offer in an answer to the client, nor in what a client forwards', async () => {
    const answer = await deliver(
      ['From: gina@check.test', 'Cc: Ada <ada@new.example>', 'Subject: Fwd: Question'],
      forwardOf('ada@new.example'),
    );
    const clients = await deliver(
      ['From: cleo@client.example', 'Subject: Fwd: Question'],
      forwardOf('ada@new.example'),
    );
    expect([answer.forwarded, clients.forwarded]).toEqual([null, null]);
    expect(clients.ours).toBe(false);
  });
});
