import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Binding } from '../../signals/binding.ts';
import { comment, engineBench, onOpen } from './testing-drain.ts';

const { here, rows, signal, record, drain, stageOf, movesOf, verdictsOf, notesOf, clock } = engineBench();
const onMail = { id: 'mail', on: 'email/received', stage: 'WARM' };
const onMissed = { id: 'missed', on: 'telephony/missed-call', stage: 'WARM' };
const mail = (email: string, payload: object = {}) =>
  signal('email.received', undefined, { client: { email }, payload: { mailbox: 'sales', ...payload } });
const missed = (phone: string) => signal('call.missed', undefined, { client: { phone } });
const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const mailbox = (settings: object = {}) => here().addChannel({ kind: 'mailbox', name: 'sales', settings });
const leads = () => here().addPipeline({ type: 'lead', name: 'Leads' });
const itemsOf = (type: string) =>
  rows(
    sql<{
      id: number;
      title: string;
      contact_id: number;
    }>`select id, title, contact_id from items where type = ${type} order by id`,
  );

describe('2.2 client ties', () => {
  test('2.2 e-mail: the open item most recently modified', async () => {
    await here().saveBoard({ triggers: [onMail] });
    const contactId = await here().addContact({ emails: ['cleo@acme.test'] });
    const older = await here().addItem({ contactId, updatedAt: at(1) });
    const newer = await here().addItem({ contactId, updatedAt: at(3) });
    const closed = await here().addItem({ contactId, stage: 'LOST', updatedAt: at(4) });
    await record(mail('cleo@acme.test'));
    await drain();
    expect(await Promise.all([older, newer, closed].map(stageOf))).toEqual(['NEW', 'WARM', 'LOST']);
    expect(await notesOf(newer)).toMatchObject([
      { tie: 'client', choice: 'latest', clients: [{ kind: 'contact', id: contactId }] },
    ]);
  });

  test('2.2 calls: each open item, judged separately', async () => {
    await here().saveBoard({ triggers: [onMissed] });
    const contactId = await here().addContact({ phones: ['+48221234567'] });
    const [first = 0, second = 0] = await here().addItems(2, { contactId });
    const late = await here().addItem({ contactId, stage: 'WARM' });
    await record(missed('+48 22 123 45 67'));
    await drain();
    expect(await Promise.all([first, second].map(stageOf))).toEqual(['WARM', 'WARM']);
    expect(await verdictsOf(late)).toEqual([{ missed: 'already-here' }]);
  });

  test.each([
    ['Cleo <CLEO@ac\u00adme.test.>', 'cleo@acme.test'],
    ['cleo@MÜLLER.test', 'cleo@xn--mller-kva.test'],
    ['jose\u0301@acme.test', 'josé@acme.test'],
    ['info@xn--80a1acny.xn--p1ai', 'info@почта.рф'],
  ])('2.3 finds whoever has the address, spelled %j or %j', async (written, kept) => {
    await here().saveBoard({ triggers: [onMail] });
    const contactId = await here().addContact({ emails: [kept] });
    const item = await here().addItem({ contactId });
    await here().addItem({ contactId: await here().addContact({ emails: ['other@acme.test'] }) });
    await record(mail(written));
    await drain();
    expect(await stageOf(item)).toBe('WARM');
    expect(await verdictsOf(item)).toEqual([{ mail: 'moves' }]);
  });

  test('2.2 company items come before contact items, however old; a colleague’s are not the contact’s', async () => {
    await here().saveBoard({ triggers: [onMail] });
    const companyId = await here().addCompany();
    const contactId = await here().addContact({ emails: ['cleo@acme.test'], companyId });
    const colleague = await here().addContact({ companyId });
    const own = await here().addItem({ contactId, updatedAt: at(9) });
    const ofCompany = await here().addItem({ companyId, updatedAt: at(1) });
    const ofColleague = await here().addItem({ companyId, contactId: colleague, updatedAt: at(10) });
    await record(mail('Cleo <CLEO@acme.test>'));
    await drain();
    expect(await Promise.all([own, ofCompany, ofColleague].map(stageOf))).toEqual(['NEW', 'WARM', 'NEW']);
  });

  test('2.2 the channel’s settings decide: all instead of latest, and closed items too, after the open ones', async () => {
    await here().saveBoard({ triggers: [{ ...onMail, allowBack: true }] });
    const contactId = await here().addContact({ emails: ['cleo@acme.test'] });
    const open = await here().addItem({ contactId, updatedAt: at(1) });
    const closed = await here().addItem({ contactId, stage: 'WON', updatedAt: at(5) });
    const sales = await mailbox({ closedItemsToo: true });
    await record(mail('cleo@acme.test'));
    await drain();
    expect(await Promise.all([open, closed].map(stageOf))).toEqual(['WARM', 'WON']);

    await rows(sql`update channels set settings = '{"tie":"all","closedItemsToo":true}' where id = ${sales}`);
    await record(mail('cleo@acme.test'));
    await drain();
    expect(await stageOf(closed)).toBe('WARM');
  });

  test('2.2 without the switch the log of a closed item says that it is closed', async () => {
    await here().saveBoard({ triggers: [onMail] });
    await mailbox({ unknownClient: 'ignore' });
    const contactId = await here().addContact({ emails: ['cleo@acme.test'] });
    const closed = await here().addItem({ contactId, stage: 'WON' });
    await record(mail('cleo@acme.test'));
    await drain();
    expect(await stageOf(closed)).toBe('WON');
    expect(await notesOf(closed)).toMatchObject([{ tie: 'client', why: 'the item is closed' }]);
    expect(await notesOf(0)).toMatchObject([{ tie: 'client', decided: 'ignore' }]);
  });

  test('2.2 calls: beside the open items that are judged, the log of a closed one says that it is closed', async () => {
    await here().saveBoard({ triggers: [onMissed] });
    const contactId = await here().addContact({ phones: ['+48221234567'] });
    const open = await here().addItem({ contactId });
    const lost = await here().addItem({ contactId, stage: 'LOST' });
    await record(missed('+48221234567'));
    await drain();
    expect(await notesOf(open)).toMatchObject([{ tie: 'client', choice: 'all' }]);
    expect(await notesOf(lost)).toMatchObject([{ tie: 'client', why: 'the item is closed' }]);
    expect(await verdictsOf(lost)).toEqual([{}]);
  });

  test('1.4 each signal of a batch sees what those before it have moved', async () => {
    await here().saveBoard({
      triggers: [onMail, onOpen('WON', { when: { field: 'stage', is: 'equals', value: 'WARM' } })],
    });
    const contactId = await here().addContact({ emails: ['cleo@acme.test'] });
    const [first = 0, second = 0] = [
      await here().addItem({ contactId, updatedAt: at(1) }),
      await here().addItem({ contactId, updatedAt: at(2) }),
    ];
    // The newer is won by the second signal, so the third reaches the older.
    await record(mail('cleo@acme.test'), signal('email.opened', [second]), mail('cleo@acme.test'));
    await drain();
    expect(await movesOf(second)).toEqual(['NEW>WARM', 'WARM>WON']);
    expect(await movesOf(first)).toEqual(['NEW>WARM']);
  });

  test('2.5 the activity is bound to the items that were chosen, with why', async () => {
    const contactId = await here().addContact({ emails: ['cleo@acme.test'] });
    const item = await here().addItem({ contactId });
    const [recorded] = await record(mail('cleo@acme.test', { emailId: 5 }));
    const bound: Binding[] = [];
    await drain({ bindSignals: async (_tx, bindings) => void bound.push(...bindings) });
    expect(bound).toEqual([
      {
        signalId: recorded?.id,
        kind: 'email.received',
        payload: { mailbox: 'sales', emailId: 5 },
        itemIds: [item],
        why: { tie: 'client', choice: 'latest', clients: [{ kind: 'contact', id: contactId }] },
      },
    ]);
  });
});

describe('2.3 finding clients', () => {
  test('2.3 a phone number is found however it is written, a local one as of the workspace’s country', async () => {
    await here().saveBoard({ triggers: [onMissed] });
    await here().addChannel({ kind: 'phone-line', name: 'main' });
    const contactId = await here().addContact({ phones: ['+48221234567'] });
    const item = await here().addItem({ contactId });
    await record(missed('22 123 45 67'));
    await drain();
    // The fixture's workspace has no country: nobody can tell whose number this is.
    expect(await stageOf(item)).toBe('NEW');

    await rows(sql`update workspaces set time_zone = 'Europe/Warsaw'`);
    await record(missed('(22) 123-45-67'));
    await drain();
    expect(await stageOf(item)).toBe('WARM');
    await record(missed('0048 22 123 45 67'), missed('+48 22 123 45 67'));
    await drain();
    expect(await verdictsOf(item)).toEqual([
      { missed: 'moves' },
      { missed: 'already-here' },
      { missed: 'already-here' },
    ]);
  });

  test('2.3 a contact made for an unknown local number is found by the same number the next time', async () => {
    await leads();
    await rows(sql`update workspaces set time_zone = 'Europe/Warsaw'`);
    await record(missed('22 765 43 21'));
    await drain();
    await record(missed('+48227654321'));
    await drain();
    expect(await itemsOf('lead')).toHaveLength(1);
    expect(await rows(sql`select value, normal from client_addresses`)).toEqual([
      { value: '22 765 43 21', normal: '+48227654321' },
    ]);
  });
});

describe('2.4 unknown clients', () => {
  test('2.4 create lead, the default: with a contact, once for two signals of a batch, and judged there', async () => {
    const { pipelineId } = await leads();
    await here().saveBoard({ triggers: [onMail], rules: [comment('NEW', 'welcome')] }, pipelineId);
    await record(
      mail('New Person <new@client.test>', { subject: 'Hello' }),
      mail('new@client.test', { subject: 'Again' }),
    );
    await drain();
    const [lead, ...more] = await itemsOf('lead');
    expect(more).toEqual([]);
    expect(lead?.title).toBe('Hello');
    expect(await movesOf(lead?.id ?? 0)).toEqual(['>NEW', 'NEW>WARM']);
    expect(await verdictsOf(lead?.id ?? 0)).toEqual([{ mail: 'moves' }, { mail: 'already-here' }]);
    expect(await rows(sql`select rule_id, entry, state from runs`)).toEqual([
      { rule_id: 'welcome', entry: true, state: 'waiting' },
    ]);
    expect(await rows(sql`select normal from client_addresses where client_id = ${lead?.contact_id ?? 0}`)).toEqual([
      { normal: 'new@client.test' },
    ]);
  });

  test('2.4 a known client without an open item gets a new lead of its own', async () => {
    await leads();
    const contactId = await here().addContact({ phones: ['+48221234567'] });
    await here().addItem({ contactId, stage: 'WON' });
    await record(missed('+48221234567'));
    await drain();
    expect(await itemsOf('lead')).toMatchObject([{ contact_id: contactId }]);
  });

  test('2.4 create deal and ignore are the channel’s choice; the signal is kept either way', async () => {
    await leads();
    const sales = await mailbox({ unknownClient: 'create deal' });
    await record(mail('a@new.test'));
    await drain();
    await rows(sql`update channels set settings = '{"unknownClient":"ignore"}' where id = ${sales}`);
    await record(mail('b@new.test'));
    await drain();
    expect([(await itemsOf('deal')).length, (await itemsOf('lead')).length]).toEqual([1, 0]);
    expect(await rows(sql`select count(*)::int as kept from signals`)).toEqual([{ kept: 2 }]);
    expect(await notesOf(0)).toEqual([{ tie: 'client', decided: 'ignore', why: 'unknown client', clients: [] }]);
  });

  test.each(['bounce', 'autoReply', 'spam'])('2.4 never for mail that is marked %s', async (mark) => {
    await leads();
    await record(mail('robot@new.test', { [mark]: true }));
    await drain();
    expect(await rows(sql`select id from items union all select id from contacts`)).toEqual([]);
    expect(await notesOf(0)).toMatchObject([{ why: mark }]);
  });

  test('2.3 clients are found by address in lower case, without display name', async () => {
    await here().saveBoard({ triggers: [onMail] });
    const contactId = await here().addContact({ emails: ['Cleo@Acme.test'] });
    const item = await here().addItem({ contactId });
    clock.advance(1_000);
    await record(mail('"Cleo, Client" <CLEO@ACME.TEST>'));
    await drain();
    expect(await stageOf(item)).toBe('WARM');
  });
});
