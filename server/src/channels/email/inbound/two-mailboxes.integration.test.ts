import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainWorkspace } from '../../../automation/drain/drain.ts';
import { letter } from '../reading/testing-letters.ts';
import { type HouseWithDoor, openHouseWithDoor } from '../testing-door.ts';
import { smtpClient } from '../testing-mail.ts';
import { bindSignals } from './bind-signals.ts';

let house: HouseWithDoor;
let support: number;

beforeAll(async () => {
  house = await openHouseWithDoor();
  await house.fixture.addPipeline({ type: 'lead', name: 'Leads' });
  support = await house.fixture.addChannel({
    ...{ kind: 'mailbox', name: 'support@sandbox.test' },
    settings: { address: 'support@sandbox.test' },
  });
});
afterAll(() => house.close());

const deliver = async (raw: Buffer, to: string[]) => {
  const client = await smtpClient(house.port);
  const answer = await client.send(raw, { from: 'dee@client.test', to });
  client.close();
  expect(answer).toMatch(/^250 /);
  return answer;
};
const mail = (id: string, headers: readonly string[]) =>
  letter([
    'From: Dee <dee@client.test>',
    `Message-ID: <${id}@client.test>`,
    'Date: Mon, 5 Jan 2026 10:00:00 +0000',
    ...headers,
  ]);
const signalsOf = (id: string) =>
  house.rows<{ id: number; mailbox: number; mailboxes: unknown }>(sql`
    select s.id, (payload ->> 'mailbox')::int as mailbox, payload -> 'mailboxes' as mailboxes from signals s
    join emails e on e.id = (payload ->> 'emailId')::int where e.message_id = ${`<${id}@client.test>`} order by s.id`);
const [sales, help] = ['sales@sandbox.test', 'support@sandbox.test'];
const both = ['To: sales@sandbox.test', 'Cc: support@sandbox.test'];

describe('one letter to two of our mailboxes is one signal for one item', () => {
  it.each([
    ['in one delivery', 'one', [[sales, help]], both],
    ['in one delivery, the other way round', 'round', [[help, sales]], both],
    ['in two deliveries', 'two', [[sales], [help]], both],
    ['in two deliveries, the copy first', 'copy', [[help], [sales]], both],
    ['that a list hides', 'hidden', [[help], [sales]], ['To: everybody@client.test']],
    ['in capitals', 'capitals', [[help], [sales]], ['To: SALES@Sandbox.TEST', 'Cc: Support@SANDBOX.test']],
    [
      'with names over two lines',
      'names',
      [[sales], [help]],
      ['To: "Sales, all" <sales@sandbox.test>,\r\n Support <support@sandbox.test>'],
    ],
    ['of which one got a blind copy', 'blind', [[sales], [help]], ['To: sales@sandbox.test']],
    [
      'and to a stranger before them',
      'stranger',
      [[sales, help]],
      ['To: eve@other.test, support@sandbox.test', 'Cc: sales@sandbox.test'],
    ],
    ['both in To', 'to', [[sales, help]], ['To: support@sandbox.test, sales@sandbox.test']],
  ])('%s', async (_, id, deliveries, headers) => {
    const raw = mail(id, headers);
    const answers: string[] = [];
    for (const to of deliveries) answers.push(await deliver(raw, to));
    await drainWorkspace(house.context, house.fixture.workspaceId, { bindSignals });

    const signals = await signalsOf(id);
    expect(signals.length).toBe(1);
    expect(new Set(answers)).toEqual(new Set(['250 2.0.0 taken']));
    expect(
      await house.rows(
        sql`select id from timeline where kind = 'email' and (data ->> 'email')::int in (select id from emails where message_id = ${`<${id}@client.test>`})`,
      ),
    ).toHaveLength(1);
  });

  it('though each copy has trace headers of its own', async () => {
    const copies = [
      Buffer.concat([Buffer.from('Delivered-To: sales@sandbox.test\r\nReceived: by a.test\r\n'), mail('traced', both)]),
      Buffer.concat([
        Buffer.from('Delivered-To: support@sandbox.test\r\nX-Original-To: support@sandbox.test\r\n'),
        mail('traced', both),
      ]),
    ];
    for (const [index, copy] of copies.entries()) await deliver(copy, [[sales, help][index] ?? sales]);
    await drainWorkspace(house.context, house.fixture.workspaceId, { bindSignals });

    expect(await signalsOf('traced')).toHaveLength(1);
  });

  it('at the same moment too', async () => {
    const raw = mail('race', both);
    await Promise.all([deliver(raw, [sales]), deliver(raw, [help]), deliver(raw, [sales, help])]);

    expect(await signalsOf('race')).toHaveLength(1);
  });

  it('is taken by the mailbox that it names first, and is heard in each of them', async () => {
    expect(await signalsOf('round')).toMatchObject([
      { mailbox: house.mailboxId, mailboxes: [house.mailboxId, sales, support, help] },
    ]);
    expect(await signalsOf('to')).toMatchObject([{ mailbox: support }]);
  });

  it('but two letters to one mailbox each are two, and one to a single mailbox says nothing of others', async () => {
    await deliver(mail('s1', ['To: sales@sandbox.test']), [sales]);
    await deliver(mail('s2', ['To: support@sandbox.test']), [help]);

    expect([...(await signalsOf('s1')), ...(await signalsOf('s2'))]).toMatchObject([
      { mailbox: house.mailboxId, mailboxes: null },
      { mailbox: support, mailboxes: null },
    ]);
  });
});
