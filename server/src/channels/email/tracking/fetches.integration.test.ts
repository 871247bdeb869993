import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MailHouse, openMailHouse, tracking } from '../testing-mail.ts';
import { signTarget } from './tracking-token.ts';

let house: MailHouse;
let item: number;
let mail: { id: number; email_id: number; html: string };

beforeAll(async () => {
  house = await openMailHouse();
  item = await house.fixture.addItem({ contactId: await house.fixture.addContact({ emails: ['cleo@client.test'] }) });
});
afterAll(() => house.close());

beforeEach(async () => {
  house.signedIn = false;
  const html =
    '<a href="https://shop.test/a?x=1&amp;y=2">a</a> <a href="https://shop.test/b">b</a> <a href="https://shop.test/c">c</a>';
  await house.ask('POST', `/api/v1/items/${item}/emails`, { subject: 'Offer', html });
  await house.deliverAll();
  const rows = await house.rows<typeof mail>(
    sql`select s.id, e.id as email_id, s.html from sandbox_mail s join emails e on e.outbox_id = s.outbox_id order by s.id desc limit 1`,
  );
  mail = rows[0] ?? mail;
  house.clock.advance(60_000);
});

const open = (as = 'person') => house.ask('POST', `/api/v1/sandbox/mail/${mail.id}/open`, { as });
const click = (url: string, as = 'person') => house.ask('POST', `/api/v1/sandbox/mail/${mail.id}/click`, { as, url });
const signals = () =>
  house.rows<{ kind: string; item_ids: number[]; first: boolean | null; machine: boolean; url: string | null }>(sql`
    select kind, item_ids, (payload ->> 'firstOpen')::boolean as first, (payload ->> 'machine')::boolean as machine, payload ->> 'url' as url
    from signals where kind in ('email.opened', 'email.link-clicked') and (payload ->> 'emailId')::int = ${mail.email_id} order by id`);
const state = async () =>
  (
    await house.rows<{ open_count: number; click_count: number; first_opened_at: Date | null }>(
      sql`select open_count, click_count, first_opened_at from emails where id = ${mail.email_id}`,
    )
  )[0];
const opened = () => house.rows(sql`select text from notifications where text like '%opened%' order by id`);
const notices = () => house.rows(sql`select text from notifications where item_id = ${item} order by id`);

describe('9 opens', () => {
  it('9.3 the first counted one is fixed; later ones are signals too; the sender is told once', async () => {
    const before = (await notices()).length;
    await open();
    house.clock.advance(60_000);
    await open();

    expect(await signals()).toMatchObject([
      { kind: 'email.opened', item_ids: [item], first: true, machine: false },
      { kind: 'email.opened', item_ids: [item], first: false, machine: false },
    ]);
    expect(await state()).toMatchObject({
      open_count: 2,
      first_opened_at: new Date(house.clock.now().getTime() - 60_000),
    });
    expect((await notices()).slice(before)).toEqual([{ text: 'cleo@client.test opened your e-mail "Offer"' }]);
  });

  it.each(['Apple Mail Privacy', 'gmail-prefetch', 'SafeLinks', 'Proofpoint', 'Mimecast', 'Barracuda'])(
    '9.1 %s is recorded with its evidence and does not count',
    async (as) => {
      await open(as);

      expect((await signals()).at(-1)).toMatchObject({ machine: true });
      expect(await state()).toEqual({ open_count: 0, click_count: 0, first_opened_at: null });
      const { body } = await house.ask('GET', `/api/v1/emails/${mail.email_id}`);
      expect(body.events).toContainEqual(
        expect.objectContaining({
          ...{ kind: 'open', machine: true, counted: false },
          evidence: expect.arrayContaining([expect.objectContaining({ weight: 100 })]),
        }),
      );
    },
  );

  it('9.1 GoogleImageProxy is a person', async () => {
    await open('GoogleImageProxy');

    expect(await signals()).toMatchObject([{ first: true, machine: false }]);
  });

  it("9.2 an employee's own never counts, and is known by session only", async () => {
    house.signedIn = true;
    await open();

    expect(await state()).toMatchObject({ open_count: 0, first_opened_at: null });
    expect(
      await house.rows(sql`select (payload ->> 'employee')::int as employee from signals order by id desc limit 1`),
    ).toEqual([{ employee: house.fixture.employeeId }]);
  });

  it('9.2 an employee is never known by address: the same browser, signed out, is a client', async () => {
    house.signedIn = true;
    await open();
    house.signedIn = false;
    await open();

    expect(await state()).toMatchObject({ open_count: 1 });
    const { body } = await house.ask('GET', `/api/v1/emails/${mail.email_id}`);
    expect(body.events).toMatchObject([
      { counted: false, machine: false },
      { counted: true, machine: false },
    ]);
  });

  it('9.3 two at the same moment make one first open, and 9.4 one notice', async () => {
    const before = (await notices()).length;
    await Promise.all(Array.from({ length: 8 }, () => open()));

    expect((await signals()).filter(({ first }) => first)).toHaveLength(1);
    expect(await state()).toMatchObject({ open_count: 8 });
    expect((await notices()).slice(before)).toHaveLength(1);
  });

  it('9.3 the e-mail’s own lock sees to it, also for mail of no item', async () => {
    await house.rows(sql`update emails set item_id = null where id = ${mail.email_id}`);
    const before = await opened();
    await Promise.all(Array.from({ length: 8 }, () => open()));

    expect(await state()).toMatchObject({ open_count: 8, first_opened_at: house.clock.now() });
    expect((await opened()).slice(before.length)).toHaveLength(1);
  });

  it('9.3 is fixed: neither a machine before it nor anybody after it changes it', async () => {
    await open('Proofpoint');
    house.clock.advance(600_000);
    await open();
    const first = await state();
    house.clock.advance(60_000);
    await open();

    expect((await state())?.first_opened_at).toEqual(first?.first_opened_at);
    expect((await signals()).filter(({ machine, first: is }) => is && !machine)).toHaveLength(1);
  });

  it('9.4 nobody is told of a machine’s or an employee’s', async () => {
    const before = (await notices()).length;
    await open('Mimecast');
    house.signedIn = true;
    house.clock.advance(600_000);
    await open();

    expect((await notices()).slice(before)).toEqual([]);
  });

  it('9.4 the sender is told, not the responsible', async () => {
    const eve = await house.fixture.addEmployee({ name: 'Eve' });
    await house.rows(sql`update emails set author_id = ${eve} where id = ${mail.email_id}`);
    await open();
    const toldOf = () =>
      house.rows<{ employee_id: number }>(sql`select employee_id from notifications order by id desc limit 1`);
    expect(await toldOf()).toEqual([{ employee_id: eve }]);
  });
});

describe('9 clicks', () => {
  it('lead to the link as it was written and prove the open, of which 9.4 the sender is told once', async () => {
    const before = (await opened()).length;
    const { body } = await click('https://shop.test/a?x=1&y=2');

    expect(body).toEqual({ status: 302, location: 'https://shop.test/a?x=1&y=2' });
    expect(await signals()).toMatchObject([
      { kind: 'email.opened', first: true },
      { kind: 'email.link-clicked', url: 'https://shop.test/a?x=1&y=2', item_ids: [item] },
    ]);
    expect(await state()).toMatchObject({ open_count: 1, click_count: 1 });
    await open();
    await click('https://shop.test/a?x=1&y=2');
    expect((await opened()).slice(before)).toHaveLength(1);
  });

  it('9.4 tell the sender once per e-mail, and the timeline each time', async () => {
    const before = (await notices()).length;
    await open();
    await click('https://shop.test/b');
    house.clock.advance(60_000);
    await click('https://shop.test/c');

    expect((await notices()).slice(before)).toEqual([
      { text: 'cleo@client.test opened your e-mail "Offer"' },
      { text: 'cleo@client.test clicked https://shop.test/b' },
    ]);
    expect(
      await house.rows(
        sql`select kind, text from timeline where (data ->> 'email')::int = ${mail.email_id} and kind <> 'email' order by id`,
      ),
    ).toEqual([
      { kind: 'email-opened', text: 'Offer' },
      { kind: 'email-clicked', text: 'https://shop.test/b' },
      { kind: 'email-clicked', text: 'https://shop.test/c' },
    ]);
  });

  it.each(['safelinks', 'proofpoint', 'mimecast', 'barracuda'])(
    '9.1 of %s are recorded and do not count',
    async (as) => {
      await click('https://shop.test/b', as);

      expect((await signals()).every(({ machine }) => machine)).toBe(true);
      expect(await state()).toEqual({ open_count: 0, click_count: 0, first_opened_at: null });
    },
  );

  it.each([
    ['https://shop.test/o?utm_medium&#x3D;email&amp;id&#x3D;5', 'https://shop.test/o?utm_medium=email&id=5'],
    ['https://shop.test/caf&eacute;?a=1', 'https://shop.test/caf%C3%A9?a=1'],
    ['https://shop.test/?q=Offer &#34;A4&#34;', 'https://shop.test/?q=Offer%20%22A4%22'],
    ["https://SHOP.test/Signal_(band)/doc'dec.xlsx?x=[1]", "https://SHOP.test/Signal_(band)/doc'dec.xlsx?x=[1]"],
  ])('lead to %s as a browser would have gone', async (written, location) => {
    await house.ask('POST', `/api/v1/items/${item}/emails`, { subject: 'Links', html: `<a href="${written}">x</a>` });
    await house.deliverAll();
    const [sent] = await house.rows<{ html: string }>(sql`select html from sandbox_mail order by id desc limit 1`);
    const path = /\/t\/c\/[\w.-]+/.exec(sent?.html ?? '')?.[0] ?? '';

    const { statusCode, headers } = await house.app.inject({ method: 'GET', url: path });

    expect([statusCode, headers.location]).toEqual([302, location]);
  });

  it('are refused for a link that the mail does not have', async () => {
    expect((await click('https://evil.test')).status).toBe(422);
  });
});

describe('the public addresses', () => {
  const get = (url: string) => house.app.inject({ method: 'GET', url });
  const token = (link: number) =>
    signTarget(tracking.key, { kind: 'click', workspaceId: house.fixture.workspaceId, emailId: mail.email_id, link });

  it('answer a pixel that is never kept', async () => {
    const path = /\/t\/o\/[\w.-]+\.gif/.exec(mail.html)?.[0] ?? '';
    const { headers, rawPayload } = await get(path);

    expect(headers).toMatchObject({
      'content-type': 'image/gif',
      'cache-control': expect.stringContaining('no-store'),
    });
    expect(rawPayload.subarray(0, 6).toString()).toBe('GIF89a');
  });

  it.each([
    ['a forged pixel', '/t/o/o.1.1-AAAAAAAAAAAAAAAAAAAAAA.gif'],
    ['a pixel without its ending', '/t/o/x'],
    ['a forged click', '/t/c/c.1.1.0-AAAAAAAAAAAAAAAAAAAAAA'],
    ['a foreign address', `/t/c/${encodeURIComponent('https://evil.test')}`],
    ['a NUL', '/t/c/%00'],
    ['broken escapes', '/t/c/%zz'],
  ])('lead nowhere for %s', async (_, url) => {
    const { statusCode, headers } = await get(url);

    expect([400, 404]).toContain(statusCode);
    expect(headers.location).toBeUndefined();
  });

  it('lead nowhere for a link that the mail does not have', async () => {
    expect((await get(`/t/c/${token(99)}`)).statusCode).toBe(404);
    expect((await get(`/t/c/${token(1)}`)).headers.location).toBe('https://shop.test/b');
  });
});

describe('a sandbox answer', () => {
  it('comes in as a reply of the client', async () => {
    const { status } = await house.ask('POST', `/api/v1/sandbox/mail/${mail.id}/reply`, { text: 'Yes please' });

    expect(status).toBe(201);
    expect(
      await house.rows(
        sql`select item_ids, payload ->> 'subject' as subject, (payload ->> 'reply')::boolean as reply from signals order by id desc limit 1`,
      ),
    ).toEqual([{ item_ids: [item], subject: 'Re: Offer', reply: true }]);
  });

  it('of a machine does not count', async () => {
    await house.ask('POST', `/api/v1/sandbox/mail/${mail.id}/reply`, { text: 'I am away', auto: true });

    expect(await house.rows(sql`select payload ->> 'autoReply' as auto from signals order by id desc limit 1`)).toEqual(
      [{ auto: 'true' }],
    );
  });
});
