import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainWorkspace } from '../../../automation/drain/drain.ts';
import { letter } from '../reading/testing-letters.ts';
import { type HouseWithDoor, openHouseWithDoor } from '../testing-door.ts';
import { smtpClient } from '../testing-mail.ts';
import { bindSignals } from './bind-signals.ts';

let house: HouseWithDoor;

beforeAll(async () => {
  house = await openHouseWithDoor();
  await house.fixture.addPipeline({ type: 'lead', name: 'Leads' });
});
afterAll(() => house.close());

const deliver = async (headers: readonly string[]) => {
  const client = await smtpClient(house.port);
  const answer = await client.send(letter(['Date: Mon, 5 Jan 2026 10:00:00 +0000', ...headers]), {
    from: 'cleo@client.test',
    to: ['sales@sandbox.test'],
  });
  client.close();
  expect(answer).toMatch(/^250 /);
};
const settle = () => drainWorkspace(house.context, house.fixture.workspaceId, { bindSignals });
interface Placed {
  message_id: string;
  thread: number;
  item_id: number | null;
}
const placed = (address: string) =>
  house.rows<Placed>(
    sql`select message_id, coalesce(thread_id, id) as thread, item_id from emails where ${address} in (from_address) order by id`,
  );
const of = (address: string, id: string, more: readonly string[] = []) => [
  `From: ${address}`,
  `Message-ID: <${id}@client.test>`,
  ...more,
];

describe('a reply that comes before its parent', () => {
  it.each([
    ['decided before', true],
    ['undecided', false],
  ])('is joined when the parent comes, and makes no second item: %s', async (name, decided) => {
    const address = `early-${decided}@client.test`;
    await deliver(
      of(address, `b${name}`.replace(' ', ''), ['Subject: Second', `In-Reply-To: <a${decided}@client.test>`]),
    );
    if (decided) await settle();
    await deliver(of(address, `a${decided}`, ['Subject: First']));
    await settle();

    const rows = await placed(address);
    expect(new Set(rows.map(({ thread }) => thread)).size).toBe(1);
    expect(new Set(rows.map(({ item_id: item }) => item)).size).toBe(1);
    expect(rows[0]?.item_id).not.toBeNull();
  });

  it('by References alone, and two replies with all that followed them', async () => {
    const address = 'refs@client.test';
    await deliver(of(address, 'r1', ['Subject: One', 'References: <root@client.test>']));
    await deliver(of(address, 'r2', ['Subject: Two', 'References: <older@client.test> <root@client.test>']));
    await deliver(of(address, 'r3', ['Subject: Three', 'In-Reply-To: <r2@client.test>']));
    expect(new Set((await placed(address)).map(({ thread }) => thread)).size).toBe(2);
    await deliver(of(address, 'root', ['Subject: Root']));

    expect(new Set((await placed(address)).map(({ thread }) => thread)).size).toBe(1);
  });

  it('at the same moment as its parent too', async () => {
    for (let round = 0; round < 5; round += 1) {
      const address = `race${round}@client.test`;
      await Promise.all([
        deliver(of(address, `child${round}`, [`In-Reply-To: <parent${round}@client.test>`])),
        deliver(of(address, `parent${round}`, [])),
      ]);
      expect(new Set((await placed(address)).map(({ thread }) => thread)).size).toBe(1);
    }
  });

  it('is no answer of the parent: the parent did not reply to anything', async () => {
    await deliver(of('sig@client.test', 's2', ['In-Reply-To: <s1@client.test>']));
    await deliver(of('sig@client.test', 's1'));
    const rows = await house.rows<{ reply: boolean }>(
      sql`select (payload ->> 'reply')::boolean as reply from signals where payload ->> 'from' = 'sig@client.test' order by id`,
    );

    expect(rows).toEqual([{ reply: false }, { reply: false }]);
  });
});

describe('an answer whose ids are lost', () => {
  it.each(['[EXTERNAL] Re: Fence', '***SPAM*** Odp: Fence', 'Issue received: Fence', 'RES: Fence', 'R: [EXT] Fence'])(
    'goes on with its conversation: %s',
    async (subject) => {
      const contactId = await house.fixture.addContact({ name: 'Lost', emails: ['lost@client.test'] });
      const item = await house.fixture.addItem({ contactId });
      await house.ask('POST', `/api/v1/items/${item}/emails`, { subject: 'Fence', text: 'x', to: 'lost@client.test' });
      await deliver(of('lost@client.test', crypto.randomUUID(), [`Subject: ${subject}`]));

      expect((await placed('lost@client.test')).at(-1)).toMatchObject({ item_id: item });
    },
  );

  it.each(['[EXTERNAL] Fence', '[Re] Fence', 'Re: Fences', 'Re: [Other] Fence'])('but not with %s', async (subject) => {
    await deliver(of('lost@client.test', crypto.randomUUID(), [`Subject: ${subject}`]));

    expect((await placed('lost@client.test')).at(-1)).toMatchObject({ item_id: null });
  });
});
