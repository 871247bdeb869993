import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type MailHouse, openMailHouse, tracking } from '../testing-mail.ts';
import { settleClicks } from './settle-clicks.ts';
import { signTarget } from './tracking-token.ts';

let house: MailHouse;
let item: number;
let emailId: number;

beforeAll(async () => {
  house = await openMailHouse();
  item = await house.fixture.addItem({ contactId: await house.fixture.addContact({ emails: ['cleo@client.test'] }) });
});
afterAll(() => house.close());

beforeEach(async () => {
  const html = '<a href="https://shop.test/a">a</a> <a href="https://shop.test/b">b</a>';
  const { body } = await house.ask('POST', `/api/v1/items/${item}/emails`, { subject: 'Offer', html });
  emailId = Number(body.id);
  await house.deliverAll();
  house.clock.advance(60_000);
});

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36';
const visit = (path: string, agent = chrome) =>
  house.app.inject({ method: 'GET', url: path, headers: { 'user-agent': agent }, remoteAddress: '203.0.113.9' });
const pixel = () => `/t/o/${signTarget(tracking.key, { kind: 'open', ...letter() })}.gif`;
const link = (n: number) => `/t/c/${signTarget(tracking.key, { kind: 'click', ...letter(), link: n })}`;
const letter = () => ({ workspaceId: house.fixture.workspaceId, emailId });
const many = (count: number, one: (n: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, n) => one(n)));
const shown = async () => (await house.ask('GET', `/api/v1/emails/${emailId}`)).body;
const signals = () =>
  house.rows<{ kind: string; machine: boolean; first: boolean | null; url: string | null }>(sql`
    select kind, (payload ->> 'machine')::boolean as machine, (payload ->> 'firstOpen')::boolean as first, payload ->> 'url' as url
    from signals where (payload ->> 'emailId')::int = ${emailId} and kind in ('email.opened', 'email.link-clicked') order by id`);

it('9.3 of a flood every open counts, one is the first, and each event that is kept is a signal', async () => {
  await many(200, () => visit(pixel()));

  const { openCount, fetchCount, machineCount, events } = await shown();
  expect({ openCount, fetchCount, machineCount }).toEqual({ openCount: 200, fetchCount: 200, machineCount: 0 });
  expect(events).toHaveLength(30);
  const told = await signals();
  expect(told).toHaveLength(30);
  expect(told.filter(({ first }) => first)).toHaveLength(1);
  const times = await house.rows<{ times: number }>(
    sql`select sum(times)::int as times from email_events where email_id = ${emailId}`,
  );
  expect(times).toEqual([{ times: 200 }]);
});

it('9.3 a person who opens amid a robot’s flood is the first open, and their click is told', async () => {
  await many(300, (n) => visit(pixel(), `curl/8.${n}`));
  await visit(pixel());
  await visit(link(1));

  const told = await signals();
  expect(told.filter(({ machine }) => !machine)).toEqual([
    { kind: 'email.opened', machine: false, first: true, url: null },
    { kind: 'email.link-clicked', machine: false, first: null, url: 'https://shop.test/b' },
  ]);
  const { openCount, clickCount, machineCount, events } = await shown();
  expect({ openCount, clickCount, machineCount }).toEqual({ openCount: 1, clickCount: 1, machineCount: 300 });
  expect(events).toContainEqual(
    expect.objectContaining({ evidence: expect.arrayContaining([expect.objectContaining({ what: 'flood' })]) }),
  );
});

it('9.1 whoever was a machine within the flood is one afterwards: the evidence is kept', async () => {
  await many(150, () => visit(pixel()));
  await house.app.inject({
    ...{ method: 'HEAD', url: link(0), headers: { 'user-agent': chrome }, remoteAddress: '203.0.113.9' },
  });
  house.clock.advance(120_000);
  await visit(link(1));

  expect((await signals()).filter(({ url }) => url !== null)).toMatchObject([{ machine: true }, { machine: true }]);
});

it('of clicks that wait, a flood is few, and all of them count once it is decided', async () => {
  await house.rows(sql`update emails set at = ${house.clock.now()} where id = ${emailId}`);
  await many(200, () => visit(link(0)));
  expect((await shown()).events).toHaveLength(30);
  house.clock.advance(5_000);
  await settleClicks(house.context);

  const { clickCount, openCount, fetchCount } = await shown();
  expect({ clickCount, openCount, fetchCount }).toEqual({ clickCount: 200, openCount: 1, fetchCount: 201 });
});

it('a letter without a flood before it keeps all that people do, however many days they do it', async () => {
  for (let day = 0; day < 40; day += 1) {
    await visit(pixel());
    house.clock.advance(86_400_000);
  }
  expect(await signals()).toHaveLength(40);
  expect((await shown()).events).toHaveLength(40);
});
