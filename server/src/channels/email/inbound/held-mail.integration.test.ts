import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainWorkspace } from '../../../automation/drain/drain.ts';
import { letter } from '../reading/testing-letters.ts';
import { type HouseWithDoor, openHouseWithDoor } from '../testing-door.ts';
import { bindSignals } from './bind-signals.ts';

let house: HouseWithDoor;

beforeAll(async () => {
  house = await openHouseWithDoor();
  await house.fixture.addPipeline({ type: 'lead', name: 'Leads', stages: [{ code: 'NEW' }] });
  await house.fixture.saveBoard({ triggers: [{ id: 'wrote', on: 'email/received', stage: 'WARM' }] });
});
afterAll(() => house.close());

const drain = () => drainWorkspace(house.context, house.fixture.workspaceId, { bindSignals });
const deliver = async (headers: readonly string[], body = 'Hello') => {
  const raw = letter(['To: sales@sandbox.test', `Message-ID: <${crypto.randomUUID()}@a.example>`, ...headers], body);
  expect(await house.client.send(raw, { from: 'www@site.example', to: ['sales@sandbox.test'] })).toMatch(/^250 /);
  await drain();
  const [row] = await house.rows<{ id: number }>(sql`select max(id)::int as id from emails`);
  return Number(row?.id);
};
const show = async (id: number) => (await house.ask('GET', `/api/v1/emails/${id}`)).body;
const decide = (id: number, body: object) => house.ask('POST', `/api/v1/emails/${id}/held`, body);
const heldIds = async () => {
  const { data } = (await house.ask('GET', '/api/v1/held-mail')).body as { data: { id: number }[] };
  return data.map(({ id }) => id);
};
const vacation = ['Subject: Order', 'X-Autoreply: yes'];

describe('mail that was held back', () => {
  it('is listed with its evidence, and let through it is a letter like any other', async () => {
    const id = await deliver(['From: Ada <ada@one.example>', ...vacation]);
    expect(await show(id)).toMatchObject({
      item: null,
      classification: 'auto-reply',
      evidence: [{ what: 'auto-header' }],
    });
    expect(await heldIds()).toEqual([id]);

    expect(await decide(id, { decision: 'let' })).toMatchObject({ status: 200, body: { signal: expect.any(Number) } });
    await drain();
    expect(await show(id)).toMatchObject({ item: expect.any(Number), classification: 'person' });
    expect(await heldIds()).toEqual([]);
    expect((await decide(id, { decision: 'let' })).status).toBe(422);
  });

  it('that is kept makes nothing and is no longer asked about', async () => {
    const id = await deliver(['From: bob@one.example', ...vacation]);
    expect((await decide(id, { decision: 'keep', always: true })).body).toEqual({ id, signal: null });
    expect(await show(id)).toMatchObject({ item: null, classification: 'auto-reply' });
    expect(await heldIds()).toEqual([]);
    expect((await house.ask('GET', '/api/v1/trusted-senders')).body).toEqual({ data: [] });
  });

  it('of megabytes is listed page by page, each letter once, and nothing of it is lost', async () => {
    const words = 'a word ż '.repeat(80_000);
    const ids = [];
    for (const from of ['f@one.example', 'g@one.example', 'h@one.example', 'i@one.example'])
      ids.push(await deliver([`From: ${from}`, 'Content-Type: text/plain; charset=utf-8', ...vacation], words));
    const pages: number[][] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await house.ask('GET', `/api/v1/held-mail?limit=200${cursor && `&cursor=${cursor}`}`);
      const page = body as { data: { id: number; text: string }[]; nextCursor: string | null };
      for (const one of page.data) expect(one.text.trim()).toBe(words.trim());
      pages.push(page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(pages.flat()).toEqual(ids.toReversed());
    expect(pages.length).toBeGreaterThan(1);
    for (const id of ids) await decide(id, { decision: 'keep' });
  });

  it('on a thread of an item moves it once let through', async () => {
    const item = await house.fixture.addItem({
      contactId: await house.fixture.addContact({ name: 'Cleo', emails: ['cleo@client.example'] }),
    });
    const { body: sent } = await house.ask('POST', `/api/v1/items/${item}/emails`, { subject: 'Offer', text: 'Hello' });
    const id = await deliver(['From: cleo@client.example', `In-Reply-To: ${sent.messageId}`, ...vacation]);
    const stage = () =>
      house.rows(sql`select s.code from items i join stages s on s.id = i.stage_id where i.id = ${item}`);
    expect(await stage()).toEqual([{ code: 'NEW' }]);
    await decide(id, { decision: 'let' });
    await drain();
    expect(await stage()).toEqual([{ code: 'WARM' }]);
  });

  it('of a sender who is remembered is held back no more, until they are forgotten', async () => {
    const first = await deliver(['From: portal@two.example', ...vacation]);
    await decide(first, { decision: 'let', always: true });
    expect(await show(await deliver(['From: Portal <PORTAL@two.example>', ...vacation]))).toMatchObject({
      classification: 'person',
      item: expect.any(Number),
    });
    expect(await show(await deliver(['From: other@two.example', ...vacation]))).toMatchObject({
      classification: 'auto-reply',
    });

    const { data } = (await house.ask('GET', '/api/v1/trusted-senders')).body as {
      data: { id: number; address: string }[];
    };
    expect(data).toMatchObject([{ address: 'portal@two.example' }]);
    expect((await house.ask('DELETE', `/api/v1/trusted-senders/${data[0]?.id}`)).status).toBe(204);
    expect((await house.ask('DELETE', `/api/v1/trusted-senders/${data[0]?.id}`)).status).toBe(404);
    expect(await show(await deliver(['From: portal@two.example', ...vacation]))).toMatchObject({
      classification: 'auto-reply',
    });
  });
});

it.each([
  [
    'an enquiry of a portal',
    [
      'From: noreply@portal.example',
      'Reply-To: eva@client.example',
      'Subject: Enquiry',
      'Auto-Submitted: auto-generated',
    ],
    'Do not reply to this e-mail.',
    'eva@client.example',
  ],
  [
    'who asks about an absence',
    ['From: hans@client.example', 'Subject: Abwesenheit bei Lieferung'],
    'Wer ist da?',
    'hans@client.example',
  ],
  [
    'who wants a call',
    ['From: zoe@client.example', 'Subject: Out of office hours call tomorrow?'],
    'Please.',
    'zoe@client.example',
  ],
])('%s makes a lead', async (_, headers, body, address) => {
  const shown = await show(await deliver(headers, body));
  expect(shown).toMatchObject({ classification: 'person', item: expect.any(Number), from: { address } });
});

it("a list server's refusal makes none, and nothing that is no held mail can be let through", async () => {
  const id = await deliver(
    [
      'From: team+owner@lists.example',
      'Reply-To: team+subrelease@lists.example',
      'Subject: Post to team@lists.example denied: Re: Offer',
    ],
    'Hi, this is the Mlmmj program managing the <team@lists.example> mailing list. Only subscribers may post.',
  );
  expect(await show(id)).toMatchObject({ classification: 'bounce', item: null });
  const letterOfPerson = await deliver(['From: ida@client.example', 'Subject: Hi']);
  expect((await decide(letterOfPerson, { decision: 'let' })).status).toBe(422);
  expect((await decide(999_999, { decision: 'let' })).status).toBe(404);
  expect((await decide(id, { decision: 'perhaps' })).status).toBe(422);
});
