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
});
afterAll(() => house.close());

const deliver = async (headers: readonly string[], body = 'Please call me.') => {
  const raw = letter(['To: sales@sandbox.test', `Message-ID: <${crypto.randomUUID()}@a.example>`, ...headers], body);
  expect(await house.client.send(raw, { from: 'www@site.example', to: ['sales@sandbox.test'] })).toMatch(/^250 /);
  await drainWorkspace(house.context, house.fixture.workspaceId, { bindSignals });
  const { body: list } = await house.ask('GET', '/api/v1/emails?limit=1');
  const [{ id }] = list.data as [{ id: number }];
  return (await house.ask('GET', `/api/v1/emails/${id}`)).body;
};
const addressOfItem = (item: unknown) =>
  house.rows<{ normal: string }>(sql`select a.normal from items i join client_addresses a
    on a.client_kind = 'contact' and a.client_id = i.contact_id where i.id = ${Number(item)}`);
const form = ['From: "Web form" <wordpress@ourshop.example>', 'X-Mailer: PHPMailer'];

describe('mail of a web form', () => {
  it('makes a client and a lead of each visitor, none of the site, and is answered to the visitor', async () => {
    const ada = await deliver([...form, 'Subject: Enquiry of Ada', 'Reply-To: ada@client.example']);
    const bob = await deliver([...form, 'Subject: Enquiry of Bob', 'Reply-To: Bob <bob@client.example>']);

    expect(ada).toMatchObject({
      ...{ from: { address: 'ada@client.example' }, replyTo: 'ada@client.example', tiedBy: { decided: 'create lead' } },
      writer: { reason: 'site', sentBy: { address: 'wordpress@ourshop.example', name: 'Web form' } },
    });
    expect(bob.item).not.toBe(ada.item);
    expect(await addressOfItem(ada.item)).toEqual([{ normal: 'ada@client.example' }]);
    expect(await addressOfItem(bob.item)).toEqual([{ normal: 'bob@client.example' }]);
    expect(await house.rows(sql`select 1 from client_addresses where normal = 'wordpress@ourshop.example'`)).toEqual(
      [],
    );

    const answer = { subject: 'Re: Enquiry', text: 'Gladly', inReplyTo: ada.id };
    const { body: sent } = await house.ask('POST', `/api/v1/items/${ada.item}/emails`, answer);
    expect((await house.ask('GET', `/api/v1/emails/${sent.id}`)).body).toMatchObject({ to: ['ada@client.example'] });
  });

  it('of a visitor known already goes to their open item', async () => {
    const contactId = await house.fixture.addContact({ name: 'Cleo', emails: ['cleo@client.example'] });
    const item = await house.fixture.addItem({ contactId });
    expect(await deliver([...form, 'Reply-To: cleo@client.example'])).toMatchObject({
      item,
      from: { address: 'cleo@client.example' },
    });
  });
});

it('mail that our own group rewrote comes from its member', async () => {
  const shown = await deliver([
    'From: "\'Gina Group\' via Sales" <sales@sandbox.test>',
    'Reply-To: Gina Group <gg@client.example>',
    'X-Original-From: Gina Group <gg@client.example>',
    'List-ID: <sales.sandbox.test>',
    'Precedence: list',
  ]);
  expect(shown).toMatchObject({
    from: { address: 'gg@client.example', name: 'Gina Group' },
    writer: { reason: 'group' },
  });
  expect(await addressOfItem(shown.item)).toEqual([{ normal: 'gg@client.example' }]);
});

it('an answer goes to where its writer wants it within the house, else to the writer, or to whom the person says', async () => {
  const shown = await deliver(['From: Jan Kowalski <jan@work.example>', 'Reply-To: desk@mail.work.example']);
  expect(shown).toMatchObject({
    from: { address: 'jan@work.example' },
    ...{ replyTo: 'desk@mail.work.example', answersElsewhere: null },
    writer: { reason: 'from', sentBy: null },
  });
  const write = async ({ id, item }: typeof shown, to: object = {}) => {
    const body = { subject: 'Re: x', text: 'y', inReplyTo: id, ...to };
    const { body: sent } = await house.ask('POST', `/api/v1/items/${item}/emails`, body);
    return (await house.ask('GET', `/api/v1/emails/${sent.id}`)).body.to;
  };
  expect(await write(shown)).toEqual(['desk@mail.work.example']);
  expect(await write(shown, { to: 'jan@work.example' })).toEqual(['jan@work.example']);
  const away = await deliver(['From: Jan Kowalski <jan@work.example>', 'Reply-To: jan.k@home.example']);
  expect(away).toMatchObject({ replyTo: 'jan@work.example', answersElsewhere: 'jan.k@home.example' });
  expect(await write(away)).toEqual(['jan@work.example']);
});

it('a mailbox that is set to From takes the site for the writer, and refuses a rule that is none', async () => {
  const url = `/api/v1/channels/${house.mailboxId}`;
  expect((await house.ask('PATCH', url, { settings: { writer: 'anybody' } })).status).toBe(422);
  expect((await house.ask('PATCH', url, { settings: { writer: 'from' } })).status).toBe(200);
  const shown = await deliver([...form, 'Reply-To: dora@client.example']);
  await house.ask('PATCH', url, { settings: { writer: 'rule' } });
  expect(shown).toMatchObject({ from: { address: 'wordpress@ourshop.example' }, replyTo: 'dora@client.example' });
});
