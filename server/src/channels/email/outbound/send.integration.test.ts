import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MailHouse, openMailHouse } from '../testing-mail.ts';
import { createMailSender } from './mail-sender.ts';

let house: MailHouse;
let item: number;

beforeAll(async () => {
  house = await openMailHouse();
  item = await house.fixture.addItem({
    contactId: await house.fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] }),
  });
});
afterAll(() => house.close());

const write = (body: object, id = item) => house.ask('POST', `/api/v1/items/${id}/emails`, body);
const lastSandboxMail = async () => {
  await house.deliverAll();
  const [mail] = await house.rows<{ id: number; html: string; text: string; raw: Buffer; to_addresses: string[] }>(
    sql`select * from sandbox_mail order by id desc limit 1`,
  );
  if (mail === undefined) throw new Error('nothing was sent');
  return mail;
};

describe('writing from an item', () => {
  it('queues the mail with its signal and timeline entry in one transaction', async () => {
    const { status, body } = await write({ subject: 'Offer', text: 'See https://shop.test/offer' });

    expect(status).toBe(201);
    expect(body.messageId).toMatch(/^<[\w-]+@sandbox\.test>$/);
    expect(await house.rows(sql`select kind, source_key, item_ids, payload ->> 'by' as by from signals`)).toEqual([
      { kind: 'email.sent', source_key: `email.sent:${body.id}`, item_ids: [item], by: 'person' },
    ]);
    expect(await house.rows(sql`select kind, author_id, text from timeline`)).toEqual([
      { kind: 'email', author_id: house.fixture.employeeId, text: 'Offer' },
    ]);
    expect(
      await house.rows(
        sql`select o.kind, o.channel_id, e.id as email_id, o.item_id, o.state from outbox o join emails e on e.outbox_id = o.id`,
      ),
    ).toEqual([{ kind: 'mail', channel_id: house.mailboxId, email_id: body.id, item_id: item, state: 'queued' }]);
  });

  it('goes to the client, with the Message-ID that was answered, a pixel and rewritten links', async () => {
    const { body } = await write({ subject: 'Offer', text: 'See https://shop.test/offer?a=1.' });
    const mail = await lastSandboxMail();

    expect(mail.to_addresses).toEqual(['cleo@client.test']);
    expect(mail.raw.toString()).toContain(`Message-ID: ${body.messageId}`);
    expect(mail.html).toMatch(/<img src="http:\/\/crm\.test\/t\/o\/[\w.-]+\.gif"/);
    expect(mail.html).toMatch(/<a href="http:\/\/crm\.test\/t\/c\/[\w.-]+">https:\/\/shop\.test\/offer\?a=1<\/a>\./);
  });

  it('leaves an untracked mail as it was written', async () => {
    await write({ subject: 'Plain', html: '<a href="https://shop.test">x</a>', track: false });
    const mail = await lastSandboxMail();

    expect(mail.html).toBe('<a href="https://shop.test">x</a>');
    expect(mail.text).toContain('https://shop.test');
  });

  it('continues the thread of the mail it answers', async () => {
    const first = await write({ subject: 'One', text: 'x' });
    const second = await write({ subject: 'Re: One', text: 'y', inReplyTo: first.body.messageId });
    await write({ subject: 'Re: One', text: 'z', inReplyTo: second.body.id });
    const raw = (await lastSandboxMail()).raw.toString();

    // A person wrote it: it goes on with nothing but what it answers, and is not automatic.
    expect(raw).not.toContain('Auto-Submitted');
    expect(raw).toContain(`In-Reply-To: ${second.body.messageId}`);
    expect(raw.replace(/\r\n\s+/g, ' ')).toContain(`References: ${first.body.messageId} ${second.body.messageId}`);
  });

  it('carries attachments', async () => {
    const { body } = await write({
      subject: 'Files',
      text: 'x',
      attachments: [{ name: 'ł.txt', type: 'text/plain', content: 'aGVsbG8=' }],
    });
    const file = await house.app.inject({ method: 'GET', url: `/api/v1/emails/${body.id}/attachments/1` });

    expect(file.body).toBe('hello');
    expect(file.headers['content-disposition']).toBe("attachment; filename*=UTF-8''%C5%82.txt");
    expect((await lastSandboxMail()).raw.toString()).toContain('aGVsbG8=');
  });
});

describe('writing is refused', () => {
  it.each([
    ['without an address of the client', {}, 'to', true],
    ['to what is no address', { to: 'nobody' }, 'to', false],
    ['from a mailbox that is not there', { mailbox: 'x@nowhere.test' }, 'mailbox', false],
    ['as an answer to nothing', { inReplyTo: 999_999 }, 'inReplyTo', false],
    ['without a text', { text: undefined }, 'text', false],
  ])('%s', async (_, body, path, fresh) => {
    const id = fresh ? await house.fixture.addItem() : item;
    const { status, body: problem } = await write({ subject: 'S', text: 'x', ...body }, id);

    expect([status, problem.errors]).toMatchObject([422, [{ path }]]);
  });

  it('on an item that is not there', async () => {
    expect((await write({ subject: 'S', text: 'x' }, 999_999)).status).toBe(404);
  });

  it('with headers smuggled into the subject', async () => {
    await write({ subject: 'Hi\r\nBcc: all@evil.test', text: 'x' });

    expect((await lastSandboxMail()).raw.toString()).not.toMatch(/^Bcc:/m);
  });
});

it('tells the screens of the e-mail, of its item and of the sandbox, each by its own number', async () => {
  const told: string[] = [];
  const { workspaceId, employeeId } = house.fixture;
  const leave = house.context.realtime.subscribe(workspaceId, employeeId, ({ topic, kind, id }) => {
    told.push(`${topic} ${kind} ${id}`);
  });
  const { body } = await write({ subject: 'Offer', text: 'See the price' });
  const { id } = await lastSandboxMail();
  leave();
  expect(told.filter((one) => !one.startsWith('signals'))).toEqual([
    ...[`emails sent ${body.id}`, `timeline added ${item}`, `sandbox received ${id}`],
  ]);
});

it('delivers to the sandbox once, however often it is tried', async () => {
  await write({ subject: 'Twice', text: 'x' });
  await house.fixture.inside((tx) => tx.updateTable('outbox').set({ state: 'queued' }).execute());
  await house.deliverAll();
  await house.fixture.inside((tx) => tx.updateTable('outbox').set({ state: 'queued' }).execute());
  await house.deliverAll();

  expect(
    await house.rows(
      sql`select count(*)::int as sent, count(distinct outbox_id)::int as rows from sandbox_mail where subject = 'Twice'`,
    ),
  ).toEqual([{ sent: 1, rows: 1 }]);
});

it('speaks to no server of a workspace on this machine or in a private network, unless the operator allows it', async () => {
  const settings = { address: 'inner@firm.test', smtpHost: '127.0.0.1', smtpPort: 1 };
  const body = { kind: 'mailbox', provider: 'smtp', name: 'Inner', settings };
  const { id: channelId } = (await house.ask('POST', '/api/v1/channels', body)).body;
  const { id } = (await write({ subject: 'Inner', text: 'x', mailbox: channelId })).body;
  const [row] = await house.rows<{ id: number }>(sql`select outbox_id as id from emails where id = ${Number(id)}`);
  const send = (privateHosts: boolean) => {
    const context = { ...house.context, config: { ...house.context.config, privateHosts } };
    const sender = createMailSender(context, { key: Buffer.alloc(32), publicUrl: 'https://crm.test' });
    const { workspaceId } = house.fixture;
    return sender.send({ id: row?.id ?? 0, workspaceId, channelId: Number(channelId) });
  };
  expect(await send(false)).toMatchObject({ outcome: 'permanent', reason: { code: 'private-host' } });
  expect(await send(true)).toMatchObject({ outcome: 'temporary', reason: { code: 'no-connection' } });
});

it('knows nothing of another workspace', async () => {
  const other = await openMailHouse();
  const foreign = await other.fixture.addItem();
  await other.close();
  const { body } = await write({ subject: 'Mine', text: 'x' });
  house.caller = { ...house.caller, workspaceId: house.caller.workspaceId + 1_000 };
  const answers = [
    await house.ask('GET', `/api/v1/emails/${body.id}`),
    await house.ask('GET', `/api/v1/items/${foreign}/emails`),
  ];
  house.caller = { ...house.caller, workspaceId: house.fixture.workspaceId };

  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
});
