import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
  const html = ['a', 'b', 'c'].map((name) => `<a href="https://shop.test/${name}">${name}</a>`).join(' ');
  const { body } = await house.ask('POST', `/api/v1/items/${item}/emails`, { subject: 'Offer', html });
  emailId = Number(body.id);
  await house.deliverAll();
  house.clock.advance(4_000);
});

const browser =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36';
const visit = (path: string, ip: string) =>
  house.app.inject({ method: 'GET', url: path, headers: { 'user-agent': browser }, remoteAddress: ip });
const click = (link: number, ip = '203.0.113.9') => {
  const { workspaceId } = house.fixture;
  return visit(`/t/c/${signTarget(tracking.key, { kind: 'click', workspaceId, emailId, link })}`, ip);
};
const open = (ip = '203.0.113.9') => {
  const { workspaceId } = house.fixture;
  return visit(`/t/o/${signTarget(tracking.key, { kind: 'open', workspaceId, emailId })}.gif`, ip);
};
const settle = async (afterMs: number) => {
  house.clock.advance(afterMs);
  return settleClicks(house.context);
};
const clicks = () =>
  house.rows<{ url: string; machine: boolean }>(sql`
    select payload ->> 'url' as url, (payload ->> 'machine')::boolean as machine from signals
    where kind = 'email.link-clicked' and (payload ->> 'emailId')::int = ${emailId} order by id`);
const counts = async () =>
  (await house.rows(sql`select click_count as clicks, open_count as opens from emails where id = ${emailId}`))[0];

describe("a first click that may be a scanner's waits for the rest of the evidence", () => {
  it('and does not count when the same visitor follows all links', async () => {
    for (const link of [0, 1, 2]) {
      expect((await click(link)).statusCode).toBe(302);
      house.clock.advance(500);
    }
    await settle(5_000);
    expect((await clicks()).map(({ machine }) => machine)).toEqual([true, true, true]);
    expect(await counts()).toEqual({ clicks: 0, opens: 0 });
  });

  it('and does not count when the same visitor turns out to be a robot', async () => {
    await click(0);
    const { workspaceId } = house.fixture;
    const url = `/t/c/${signTarget(tracking.key, { kind: 'click', workspaceId, emailId, link: 1 })}`;
    await house.app.inject({ method: 'HEAD', url, headers: { 'user-agent': browser }, remoteAddress: '203.0.113.9' });
    await house.app.inject({
      method: 'GET',
      url,
      headers: { 'user-agent': browser, purpose: 'prefetch' },
      remoteAddress: '203.0.113.9',
    });
    await settle(4_000);
    expect((await clicks()).every(({ machine }) => machine)).toBe(true);
    expect(await counts()).toEqual({ clicks: 0, opens: 0 });
  });

  it('and counts once, as of when it came, when nothing more is seen', async () => {
    await click(0);
    expect(await clicks()).toEqual([]);
    expect(await settle(2_000)).toBe(0);
    expect(await settle(1_500)).toBe(1);
    expect(await clicks()).toEqual([{ url: 'https://shop.test/a', machine: false }]);
    expect(await counts()).toEqual({ clicks: 1, opens: 1 });
    expect(await settle(60_000)).toBe(0);
    const [signal] = await house.rows<{ late: number }>(sql`
      select extract(epoch from s.occurred_at - e.at)::float as late from signals s join emails e on e.id = ${emailId}
      where s.kind = 'email.link-clicked' and (s.payload ->> 'emailId')::int = ${emailId}`);
    expect(signal?.late).toBeCloseTo(4, 0);
  });

  it('and counts though a scanner elsewhere follows all links meanwhile', async () => {
    for (const link of [0, 1, 2]) await click(link, '203.0.113.9');
    house.clock.advance(1_000);
    await click(1, '198.51.100.7');
    await settle(5_000);
    expect((await clicks()).filter(({ machine }) => !machine)).toEqual([
      { url: 'https://shop.test/b', machine: false },
    ]);
    expect(await counts()).toMatchObject({ clicks: 1 });
  });

  it('and counts of somebody who presses one link thrice, or three links one after another', async () => {
    for (const _ of [1, 2, 3]) {
      await click(0);
      house.clock.advance(500);
    }
    await settle(4_000);
    expect(await clicks()).toSatisfy((all: { machine: boolean }[]) => all.every(({ machine }) => !machine));
    for (const link of [1, 2]) {
      house.clock.advance(15_000);
      await click(link);
    }
    await settle(5_000);
    expect((await clicks()).map(({ machine }) => machine)).not.toContain(true);
  });

  it('and counts when the images are loaded right after it', async () => {
    await click(2);
    house.clock.advance(500);
    await open();
    await settle(4_000);
    expect(await clicks()).toEqual([{ url: 'https://shop.test/c', machine: false }]);
  });

  it('decided by two processes at once it counts once', async () => {
    await click(0);
    house.clock.advance(4_000);
    await Promise.all([settleClicks(house.context), settleClicks(house.context)]);
    expect(await counts()).toEqual({ clicks: 1, opens: 1 });
    expect(await clicks()).toHaveLength(1);
  });
});

describe('nothing waits', () => {
  it('of whoever loaded the images a while after it was sent', async () => {
    house.clock.advance(60_000);
    await open();
    await click(0);
    expect(await clicks()).toEqual([{ url: 'https://shop.test/a', machine: false }]);
  });

  it('where the mailbox is set to wait no time', async () => {
    const url = `/api/v1/channels/${house.mailboxId}`;
    await house.ask('PATCH', url, { settings: { holdClicks: 0 } });
    await click(0);
    await house.ask('PATCH', url, { settings: { holdClicks: 3 } });
    expect(await clicks()).toEqual([{ url: 'https://shop.test/a', machine: false }]);
    expect((await house.ask('PATCH', url, { settings: { holdClicks: 61 } })).status).toBe(422);
  });
});
