import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainWorkspace } from '../../../automation/drain/drain.ts';
import { deliveryReport, letter } from '../reading/testing-letters.ts';
import { type HouseWithDoor, openHouseWithDoor } from '../testing-door.ts';
import { smtpClient } from '../testing-mail.ts';
import { bindSignals } from './bind-signals.ts';

let house: HouseWithDoor;
let item: number;

beforeAll(async () => {
  house = await openHouseWithDoor({ maxBytes: 200_000 });
  item = await house.fixture.addItem({
    contactId: await house.fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] }),
  });
});
afterAll(() => house.close());

const envelope = { from: 'cleo@client.test', to: ['sales@sandbox.test'] };
let count = 0;
const fresh = (headers: readonly string[] = [], body = 'Hello.') => {
  count += 1;
  return letter(
    [
      'From: Cleo Client <cleo@client.test>',
      'To: sales@sandbox.test',
      `Message-ID: <n${count}@client.test>`,
      ...headers,
    ],
    body,
  );
};
const deliver = (raw: Buffer, to = envelope) => house.client.send(raw, to);
interface Received {
  id: number;
  item_ids: number[] | null;
  client: { email: string; name: string } | null;
  payload: Record<string, unknown>;
}
const lastSignal = async () => {
  const [row] = await house.rows<Received>(
    sql`select id, item_ids, client, payload from signals where kind = 'email.received' order by id desc limit 1`,
  );
  if (row === undefined) throw new Error('no signal');
  return row;
};
interface Counts {
  signals: number;
  emails: number;
}
const counts = async () => {
  const [row] = await house.rows<Counts>(
    sql`select (select count(*)::int from signals) as signals, (select count(*)::int from emails) as emails`,
  );
  return row ?? { signals: 0, emails: 0 };
};
const write = async (subject: string) => {
  const { body } = await house.ask('POST', `/api/v1/items/${item}/emails`, { subject, text: 'Hello' });
  return { id: Number(body.id), messageId: String(body.messageId) };
};

describe('what is quoted is not what the client says now', () => {
  const quoting = (text: string) =>
    `${text}\n\nOn Mon, 30 Nov 2026 at 10:00, Sales <sales@sandbox.test> wrote:\n> Here is our offer. You can cancel within 14 days.\n`;

  it('triggers, conditions and previews see the new words; the reader has the rest at hand', async () => {
    await deliver(fresh(['Subject: Re: Offer'], quoting('Great, we accept!')));
    const { payload } = await lastSignal();
    const { body } = await house.ask('GET', `/api/v1/emails/${payload.emailId}`);
    const { body: list } = await house.ask('GET', '/api/v1/emails?limit=1');

    expect(payload.text).toBe('Great, we accept!');
    expect(body).toMatchObject({
      newText: 'Great, we accept!',
      newHtml: null,
      text: expect.stringContaining('cancel'),
    });
    expect(list.data).toMatchObject([{ preview: 'Great, we accept!' }]);
  });

  it('in HTML too, sanitised like the whole', async () => {
    const html =
      '<p>Great, we <b>accept</b>!</p><script>1</script><div class="gmail_quote">On Mon, 30 Nov 2026 Sales wrote: <p>cancel</p></div>';
    await deliver(fresh(['Subject: Html reply', 'Content-Type: text/html'], html));
    const { payload } = await lastSignal();
    const { body } = await house.ask('GET', `/api/v1/emails/${payload.emailId}`);

    expect(payload.text).toBe('Great, we accept!');
    expect(body).toMatchObject({ newHtml: '<p>Great, we <b>accept</b>!</p>', html: expect.stringContaining('cancel') });
  });

  it('but of a letter that quotes nothing all is new', async () => {
    await deliver(fresh(['Subject: New'], 'I want to cancel.'));
    const { payload } = await lastSignal();
    const { body } = await house.ask('GET', `/api/v1/emails/${payload.emailId}`);

    expect(payload.text).toBe('I want to cancel.\n');
    expect(body).toMatchObject({ newText: null, newHtml: null });
  });
});

describe('the SMTP door', () => {
  it('takes a mail and records its signal before it says 250', async () => {
    const answer = await deliver(fresh(['Subject: =?utf-8?Q?Zam=C3=B3wienie?='], 'Dzień dobry'));
    const { client: tie, payload } = await lastSignal();

    expect(answer).toBe('250 2.0.0 taken');
    expect(tie).toEqual({ email: 'cleo@client.test', name: 'Cleo Client' });
    expect(payload).toMatchObject({
      ...{
        mailbox: house.mailboxId,
        mailboxAddress: 'sales@sandbox.test',
        from: 'cleo@client.test',
        subject: 'Zamówienie',
      },
      ...{ text: 'Dzień dobry\n', reply: false, bounce: false, autoReply: false },
    });
  });

  it('answers a second delivery like the first, and records nothing', async () => {
    const raw = fresh(['Subject: Twice']);
    const first = await deliver(raw);
    const before = await counts();
    const relayed = Buffer.concat([Buffer.from('Received: from a by b; Mon, 5 Jan 2026 10:00:00 +0000\r\n'), raw]);

    expect([await deliver(raw), await deliver(relayed)]).toEqual([first, first]);
    expect(await counts()).toEqual(before);
  });

  it('records one signal when the same mail comes in twice at the same moment', async () => {
    const raw = fresh(['Subject: Race']);
    const before = await counts();
    const others = await Promise.all(Array.from({ length: 6 }, () => smtpClient(house.port)));
    const answers = await Promise.all(others.map((other) => other.send(raw, envelope)));
    for (const other of others) other.close();

    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(await counts()).toEqual({ signals: before.signals + 1, emails: before.emails + 1 });
  });

  it('takes the same words under another Message-ID, and the same Message-ID with other words, as new', async () => {
    const before = await counts();
    await deliver(letter(['From: a@client.test', 'Message-ID: <x1@client.test>'], 'same'));
    await deliver(letter(['From: a@client.test', 'Message-ID: <x2@client.test>'], 'same'));
    await deliver(letter(['From: a@client.test', 'Message-ID: <x2@client.test>'], 'other'));
    await deliver(letter(['From: a@client.test'], 'same'));
    await deliver(letter(['From: a@client.test'], 'same'));

    expect(await counts()).toMatchObject({ signals: before.signals + 4 });
  });

  it('lets the envelope choose the mailbox, else the first of the domain', async () => {
    const second = await house.ask('POST', '/api/v1/channels', {
      kind: 'mailbox',
      provider: 'sandbox',
      name: 'Help',
      settings: { address: 'help@sandbox.test' },
    });
    await deliver(fresh(), { ...envelope, to: ['Help@Sandbox.test'] });
    const chosen = (await lastSignal()).payload.mailbox;
    await deliver(fresh(), { ...envelope, to: ['anybody@sandbox.test'] });

    expect([chosen, (await lastSignal()).payload.mailbox]).toEqual([second.body.id, house.mailboxId]);
  });

  it('answers 550 for a domain without a mailbox and 552 for what is too large, and goes on', async () => {
    expect(await deliver(fresh(), { ...envelope, to: ['x@elsewhere.test'] })).toMatch(/^550 /);
    const another = await smtpClient(house.port);
    expect(await another.send(Buffer.alloc(300_000, 'x'), envelope)).toMatch(/^552 /);
    another.close();
    expect(await deliver(fresh())).toMatch(/^250 /);
  });

  it('keeps hostile bytes as they came', async () => {
    const raw = letter(
      [
        'From: cleo@client.test',
        'Subject: a\0b',
        'Message-ID: <nul@client.test>',
        'Content-Type: text/plain; charset=utf-16',
      ],
      '\0\ud800x\0',
    );
    expect(await deliver(raw)).toMatch(/^250 /);
    const [row] = await house.rows<{ raw: Buffer }>(sql`select raw from emails order by id desc limit 1`);

    expect(row?.raw.includes(0)).toBe(true);
  });
});

describe('a reply', () => {
  it('belongs to the item of the thread it answers, whoever writes it', async () => {
    const { messageId } = await write('Offer');
    await deliver(
      letter([
        'From: boss@client.test',
        'Message-ID: <boss@client.test>',
        `In-Reply-To: ${messageId}`,
        'Subject: AW: Offer',
      ]),
    );

    expect(await lastSignal()).toMatchObject({ item_ids: [item], client: null, payload: { reply: true } });
    expect(await house.rows(sql`select item_id, tied_by ->> 'by' as by from emails order by id desc limit 1`)).toEqual([
      { item_id: item, by: 'headers' },
    ]);
    expect(
      await house.rows(sql`select kind, data ->> 'sender' as sender from timeline order by id desc limit 1`),
    ).toEqual([{ kind: 'email', sender: 'boss@client.test' }]);
    expect(await house.rows(sql`select text from notifications order by id desc limit 1`)).toEqual([
      { text: 'boss@client.test wrote: AW: Offer' },
    ]);
  });

  it('is found by References alone, and the thread goes on from it', async () => {
    const { messageId } = await write('Chain');
    await deliver(fresh([`References: <unknown@x.test> ${messageId}`, 'Subject: Re: Chain', 'X-Same: 1']));
    await deliver(fresh([`In-Reply-To: <n${count}@client.test>`, 'Subject: Re: Chain']));

    expect(await lastSignal()).toMatchObject({ item_ids: [item] });
    expect(
      await house.rows(sql`select count(distinct thread_id)::int as threads from emails where subject = 'Re: Chain'`),
    ).toEqual([{ threads: 1 }]);
  });

  it('is found by subject and client when the headers are lost', async () => {
    await write('Quarterly figures');
    await deliver(fresh(['Subject: Odp: RE: quarterly  FIGURES']));
    const tied = await lastSignal();
    await deliver(
      letter(['From: stranger@client.test', 'Message-ID: <s@client.test>', 'Subject: Re: Quarterly figures']),
    );
    const stranger = await lastSignal();
    await deliver(fresh(['Subject: Quarterly figures']));

    expect([tied.item_ids, stranger.item_ids, (await lastSignal()).item_ids]).toEqual([[item], null, null]);
  });
});

describe('machines', () => {
  it('a bounce marks the mail that came back, once, and tells the timeline and the sender', async () => {
    const { id, messageId } = await write('Returned');
    await deliver(deliveryReport({ originalId: messageId }), { from: '', to: envelope.to });

    expect(await lastSignal()).toMatchObject({ item_ids: [item], payload: { bounce: true } });
    expect(await house.rows(sql`select bounced_at is not null as bounced from emails where id = ${id}`)).toEqual([
      { bounced: true },
    ]);
    expect(await house.rows(sql`select text from timeline where kind = 'email-bounced'`)).toEqual([
      { text: 'cleo@client.test: smtp; 550 5.1.1 User unknown' },
    ]);
    expect(await house.rows(sql`select text from notifications order by id desc limit 1`)).toEqual([
      { text: '"Returned" did not reach cleo@client.test: smtp; 550 5.1.1 User unknown' },
    ]);
  });

  it('a report of a delay marks nothing', async () => {
    const { id, messageId } = await write('Late');
    await deliver(deliveryReport({ originalId: messageId, action: 'delayed' }));

    expect(await house.rows(sql`select bounced_at from emails where id = ${id}`)).toEqual([{ bounced_at: null }]);
  });

  it('an absence note in a thread stands on the item, does not count and disturbs nobody', async () => {
    const { messageId } = await write('Holiday');
    const before = await house.rows(sql`select count(*) from notifications`);
    await deliver(
      fresh([`In-Reply-To: ${messageId}`, 'Auto-Submitted: auto-replied', 'Subject: Automatic reply: Holiday']),
    );

    expect(await lastSignal()).toMatchObject({ item_ids: [item], payload: { autoReply: true } });
    expect(await house.rows(sql`select count(*) from notifications`)).toEqual(before);
  });
});

describe('binding', () => {
  it('shows a client-tied mail on the chosen items, with why', async () => {
    const second = await house.fixture.addItem();
    await deliver(fresh(['Subject: Bind me']));
    const { payload } = await lastSignal();
    const why = { tie: 'client', choice: 'all' };
    const binding = { signalId: 1, kind: 'email.received', payload, itemIds: [item, second], why };
    await house.fixture.inside((tx) => bindSignals(tx, [binding]));
    await house.fixture.inside((tx) => bindSignals(tx, [binding]));
    const lists = await Promise.all([item, second].map((id) => house.ask('GET', `/api/v1/items/${id}/emails?limit=1`)));

    expect(lists.map(({ body }) => body.data)).toMatchObject([
      [{ subject: 'Bind me', item, tiedBy: { how: 'client', tie: 'client', choice: 'all', items: [item, second] } }],
      [{ subject: 'Bind me' }],
    ]);
    expect(await house.rows(sql`select count(*)::int from timeline where text = 'Bind me'`)).toEqual([{ count: 2 }]);
  });

  it('2.5 is changed by a person, and the same signal is judged again there, as of when it happened', async () => {
    const { fixture, context, clock } = house;
    const onMail = {
      id: 'mail',
      on: 'email/received',
      stage: 'WARM',
      when: { field: 'now', is: 'weekday', value: ['mon'] },
    };
    await fixture.saveBoard({ triggers: [onMail] });
    const other = await fixture.addItem({ stage: 'OFFER' });
    clock.set('2026-01-05T09:00:00Z');
    await deliver(fresh(['Subject: Wrong item']));
    await drainWorkspace(context, fixture.workspaceId, { bindSignals });
    const { id, payload } = await lastSignal();
    clock.advance(24 * 3_600_000);
    const { status, body } = await house.ask('POST', `/api/v1/emails/${payload.emailId}/rebind`, { item: other });
    await drainWorkspace(context, fixture.workspaceId, { bindSignals });

    expect({ status, body }).toMatchObject({ status: 200, body: { item: other, signal: id } });
    expect((await lastSignal()).id).toBe(id);
    expect(
      await house.rows(sql`select code from stages s join items i on i.stage_id = s.id where i.id = ${other}`),
    ).toEqual([{ code: 'WARM' }]);
    const { body: list } = await house.ask('GET', `/api/v1/items/${other}/emails?limit=1`);
    expect(list.data).toMatchObject([{ subject: 'Wrong item', tiedBy: { how: 'person', by: fixture.employeeId } }]);
  });

  it('is refused where the mail stands already, where there is no item, and for no mail', async () => {
    await deliver(fresh(['Subject: Stays']));
    const { payload } = await lastSignal();
    const url = `/api/v1/emails/${payload.emailId}/rebind`;
    expect((await house.ask('POST', url, { item })).status).toBe(200);
    expect((await house.ask('POST', url, { item })).status).toBe(422);
    expect((await house.ask('POST', url, { item: 999_999 })).status).toBe(404);
    expect((await house.ask('POST', '/api/v1/emails/999999/rebind', { item })).status).toBe(404);
  });
});

it('shows foreign HTML without its teeth, remote images only when asked for', async () => {
  await deliver(
    fresh(
      ['Subject: Html', 'Content-Type: text/html'],
      '<script>alert(1)</script><p>Hi</p><img src="https://pixel.test/x.gif">',
    ),
  );
  const { payload } = await lastSignal();
  const hidden = await house.ask('GET', `/api/v1/emails/${payload.emailId}`);
  const shown = await house.ask('GET', `/api/v1/emails/${payload.emailId}?images=1`);

  expect(hidden.body).toMatchObject({ html: expect.stringMatching(/^<p>Hi<\/p><img \/>\s*$/), blockedImages: 1 });
  expect(shown.body.html).toContain('https://pixel.test/x.gif');
});
