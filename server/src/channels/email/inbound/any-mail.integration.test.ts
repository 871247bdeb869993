import { allMail } from '@signalbox/contract/channels/emails.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainWorkspace } from '../../../automation/drain/drain.ts';
import { deleteItem } from '../../../automation/moves/delete-item.ts';
import { letter } from '../reading/testing-letters.ts';
import { type HouseWithDoor, openHouseWithDoor } from '../testing-door.ts';
import { bindSignals } from './bind-signals.ts';

let house: HouseWithDoor;

beforeAll(async () => {
  house = await openHouseWithDoor();
});
afterAll(() => house.close());

const deliver = (raw: Buffer | string) =>
  house.client.send(Buffer.from(raw), { from: 'eve@client.test', to: ['sales@sandbox.test'] });
const list = async (query = '') => {
  const limit = query.includes('limit=') ? '' : '&limit=200';
  const { status, body } = await house.ask('GET', `/api/v1/emails?${query}${limit}`);
  expect(status).toBe(200);
  return allMail.parse(body);
};
const listed = async () => {
  const ids: number[] = [];
  for (let page = await list(); ; page = await list(`cursor=${page.nextCursor}`)) {
    ids.push(...page.data.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
  }
};
const rawOf = async (id: number) => {
  const response = await house.app.inject({ method: 'GET', url: `/api/v1/emails/${id}/raw` });
  expect(response.statusCode).toBe(200);
  return response.rawPayload;
};
// What SMTP itself, or who speaks it, does to a message on its way: it ends with CRLF, its lines may too, and of a CR before that nothing is left.
const onTheWire = (raw: Buffer) =>
  raw
    .toString('latin1')
    .replace(/\r*\n/g, '\r\n')
    .replace(/[\r\n]*$/, '\r\n');

describe('whatever comes by SMTP is taken, kept whole and found again', () => {
  it('as random bytes', async () => {
    const headers = fc.constantFrom(
      '',
      'Subject: x\n',
      'From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\n',
      'Content-Type: ;',
    );
    await fc.assert(
      fc.asyncProperty(headers, fc.uint8Array({ maxLength: 400 }), async (head, bytes) => {
        const raw = Buffer.concat([Buffer.from(head), Buffer.from(bytes)]);
        const answer = await deliver(raw);
        expect(answer).toMatch(/^250 2\.0\.0 taken$/);

        const kept = await house.rows<{ id: number; raw: Buffer }>(sql`select id, raw from emails order by id desc`);
        const found = kept.find((one) => onTheWire(one.raw) === onTheWire(raw));
        expect(await listed()).toContain(found?.id);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['two that say only their subject', ['Subject: First\r\n\r\n', 'Subject: Second\r\n\r\n'], ['First', 'Second']],
    [
      'two whose lines end with a bare CR',
      ['1', '2'].map(
        (number) =>
          `From: Mac <mac@client.test>\rSubject: Order ${number}\rMessage-ID: <mac@client.test>\r\rSend ${number}.\r`,
      ),
      ['Order 1', 'Order 2'],
    ],
    [
      'types that say nothing',
      ['', ' ;', ' ; name="a.jpg"'].map(
        (type, number) => `Subject: type ${number}\r\nContent-Type:${type}\r\n\r\nhello`,
      ),
      ['type 0', 'type 1', 'type 2'],
    ],
    [
      'a part of no type',
      [
        `Subject: part\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: ; name="a.jpg"\r\n\r\nAAAA\r\n--b--`,
      ],
      ['part'],
    ],
    ['a byte order mark first', ['\ufeffFrom: Anna <anna@client.test>\r\nSubject: Marked\r\n\r\nhello'], ['Marked']],
  ])('as %s', async (_, raws, subjects) => {
    for (const raw of raws) expect(await deliver(raw)).toMatch(/^250 /);

    const shown = (await list()).data.slice(0, raws.length).map(({ subject }) => subject);
    expect(shown.toReversed()).toEqual(subjects);
  });

  it('even if the database refuses what was read of it: shown as it is, marked, counted in health, once', async () => {
    const owner = new pg.Client(house.ownerUrl);
    await owner.connect();
    await owner.query(`create function refuse_poison() returns trigger language plpgsql as $$
      begin if new.text = 'poison' || chr(10) then raise exception 'no' using errcode = '22P05'; end if; return new; end $$;
      create trigger refuse_poison before insert on emails for each row execute function refuse_poison()`);
    const raw = letter(['From: eve@client.test', 'Subject: Bad', 'Message-ID: <bad@client.test>', 'Date: x'], 'poison');

    const answers = [await deliver(raw), await deliver(raw)];
    await owner.query('drop trigger refuse_poison on emails');
    await owner.end();

    expect(answers[0]).toMatch(/^250 /);
    expect(answers[1]).toBe(answers[0]);
    const { data } = await list('&unreadable=1');
    expect(data.filter(({ subject }) => subject === 'Bad')).toMatchObject([
      { unreadable: 'not-storable', from: { address: 'eve@client.test' } },
    ]);
    expect((await rawOf(Number(data[0]?.id))).toString()).toContain('poison');
  });

  it('but not while the database is gone: that is for the sender to try again', async () => {
    const owner = new pg.Client(house.ownerUrl);
    await owner.connect();
    await owner.query(`create function be_gone() returns trigger language plpgsql as $$ begin raise exception 'gone' using errcode = '57P01'; end $$;
      create trigger be_gone before insert on emails for each row execute function be_gone()`);
    const raw = letter(['From: eve@client.test', 'Subject: Later']);
    const refused = await deliver(raw);
    await owner.query('drop trigger be_gone on emails');
    await owner.end();

    expect(refused).toBe('451 4.3.0 not taken now; try again later');
    expect(await deliver(raw)).toMatch(/^250 /);
  });
});

describe('the list of all mail says why each is where it is', () => {
  const settle = () => drainWorkspace(house.context, house.fixture.workspaceId, { bindSignals });
  const from = (address: string, headers: readonly string[] = [], body = 'Hello') =>
    letter(
      [
        `From: ${address}`,
        `Message-ID: <${crypto.randomUUID()}@client.test>`,
        'Date: Mon, 5 Jan 2026 10:00:00 +0000',
        ...headers,
      ],
      body,
    );
  const lastWhy = async (query = '') => (await list(query)).data[0]?.why;

  it.each([
    ['nobody has decided', 'new1@client.test', [], false, 'waiting'],
    ['the sender is unknown and nothing is to be made', 'new2@client.test', [], true, 'unknown-client'],
    ['it is a bounce', 'mailer-daemon@mx.client.test', ['X-Failed-Recipients: a@b.test'], true, 'machine'],
    ['it is marked as spam', 'new4@client.test', ['X-Spam-Flag: YES'], true, 'machine'],
    ['it is a receipt', 'new5@client.test', ['Content-Type: text/calendar; method=REPLY'], true, 'machine'],
    ['nobody can be read of its From', '=?utf-8?q?nobody?=', ['Subject: From nobody'], true, 'unknown-client'],
    ['it is an automatic reply', 'new3@client.test', ['Auto-Submitted: auto-replied'], true, 'machine'],
  ])('on no item: %s', async (_, address, headers, decided, code) => {
    await settle();
    await house.ask('PATCH', `/api/v1/channels/${house.mailboxId}`, { settings: { unknownClient: 'ignore' } });
    await deliver(from(address, headers));
    if (decided) await settle();

    expect(await lastWhy('&placed=none')).toMatchObject({ code });
    expect((await list('&placed=item')).data.map((line) => line.from.address)).not.toContain(address);
  });

  it('on an item: the latest of the sender, the conversation, a person, or made for it', async () => {
    const contactId = await house.fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] });
    const item = await house.fixture.addItem({ contactId });
    const other = await house.fixture.addItem({});
    await deliver(from('cleo@client.test', ['Subject: New matter']));
    await settle();
    expect((await list()).data[0]).toMatchObject({ item, why: { code: 'client-latest' } });

    const { body: sent } = await house.ask('POST', `/api/v1/items/${item}/emails`, { subject: 'Offer', text: 'x' });
    expect(await lastWhy()).toMatchObject({ code: 'sent-from-item' });
    await deliver(from('cleo@client.test', ['Subject: Re: Offer', `In-Reply-To: ${String(sent.messageId)}`]));
    await settle();
    const { data } = await list();
    expect(data[0]).toMatchObject({ item, why: { code: 'thread' } });

    await house.ask('POST', `/api/v1/emails/${data[0]?.id}/rebind`, { item: other });
    expect((await list()).data[0]).toMatchObject({ item: other, why: { code: 'person' } });
  });

  it('on no item any more: the item was deleted', async () => {
    const contactId = await house.fixture.addContact({ name: 'Gus', emails: ['gus@client.test'] });
    const item = await house.fixture.addItem({ contactId });
    await deliver(from('gus@client.test', ['Subject: Lost']));
    await settle();
    const [line] = (await list()).data;
    expect(line).toMatchObject({ item, why: { code: 'client-latest' } });
    const { workspaceId, employeeId: byId, inside } = house.fixture;
    await inside((tx) => deleteItem(tx, { workspaceId, byId, chain: null, now: house.clock.now() }, item));

    expect((await list('&placed=none')).data.find(({ id }) => id === line?.id)).toMatchObject({
      ...{ item: null, why: { code: 'item-gone' } },
    });
    // What goes on with it is the client's, of whom there is another item or none.
    const reply = [`In-Reply-To: ${line?.messageId}`, 'Subject: Re: Lost'];
    await deliver(from('gus@client.test', reply));
    await settle();
    expect((await list()).data[0]).toMatchObject({ item: null, subject: 'Re: Lost' });
    const other = await house.fixture.addItem({ contactId });
    await deliver(from('gus@client.test', reply));
    await settle();
    expect((await list()).data[0]).toMatchObject({ item: other });
  });

  it('by mailbox, direction, kind and words, a page at a time', async () => {
    const all = (await list()).data;
    const page = await list('&limit=2');
    const next = await list(`&limit=2&cursor=${page.nextCursor}`);

    expect([page.data, next.data].flat().map(({ id }) => id)).toEqual(all.slice(0, 4).map(({ id }) => id));
    expect((await list('&q=New%20matter')).data).toMatchObject([{ subject: 'New matter' }]);
    expect((await list('&q=New_matter')).data).toEqual([]);
    expect((await list('&direction=out')).data).toMatchObject([{ subject: 'Offer' }]);
    expect((await list('&classification=bounce')).data.length).toBe(1);
    expect((await list(`&mailbox=${house.mailboxId + 1_000}`)).data).toEqual([]);
    expect((await house.ask('GET', '/api/v1/emails?placed=nowhere')).status).toBe(400);
    expect((await house.ask('GET', '/api/v1/emails/999999/raw')).status).toBe(404);
  });
});
