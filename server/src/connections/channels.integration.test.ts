import { channelKinds } from '@signalbox/automation/signals/channel-kinds.ts';
import { channels as channelsSchema, channelKinds as kindsSchema } from '@signalbox/contract/channels/channels.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MailHouse, openMailHouse } from '../channels/email/testing-mail.ts';
import { noRights } from '../people/rights/standard-roles.ts';
import { rotateSecrets, sealAllSecrets, unsealSecrets } from './channel-secrets.ts';
import { findChannel, makeDefaultChannels, setSecrets } from './channels.store.ts';

let house: MailHouse;
beforeAll(async () => {
  house = await openMailHouse();
});
afterAll(() => house.close());

const smtpMailbox = {
  ...{ kind: 'mailbox', provider: 'smtp', name: 'Firm' },
  settings: { address: 'Office@Firm.test', smtpHost: 'smtp.firm.test', smtpUser: 'office', smtpPassword: 'hush' },
};

it('are there from the start, one of each kind, once', async () => {
  await house.fixture.inside((tx) => makeDefaultChannels(tx, 'en'));
  const { body } = await house.ask('GET', '/api/v1/channels');

  expect(channelsSchema.parse(body).data.map(({ kind }) => kind)).toEqual([...channelKinds]);
  expect(channelsSchema.parse(body).data.slice(0, 5)).toMatchObject([
    {
      kind: 'mailbox',
      provider: 'sandbox',
      name: 'sales@sandbox.test',
      settings: { address: 'sales@sandbox.test', tie: 'latest', closedItemsToo: false, unknownClient: 'create lead' },
    },
    { kind: 'phone-line', provider: 'sandbox', settings: { tie: 'all' } },
    { kind: 'open-channel', provider: 'sandbox', settings: { tie: 'all' } },
    { kind: 'sms-provider', provider: 'sandbox' },
    { kind: 'payment-provider', provider: 'sandbox' },
  ]);
});

it('are listed page by page and by kind', async () => {
  const first = await house.ask('GET', '/api/v1/channels?limit=2');
  const second = await house.ask('GET', `/api/v1/channels?limit=2&cursor=${first.body.nextCursor}`);

  expect([first.body.data, second.body.data]).toMatchObject([
    [{ kind: 'mailbox' }, { kind: 'phone-line' }],
    [{ kind: 'open-channel' }, { kind: 'sms-provider' }],
  ]);
  expect((await house.ask('GET', '/api/v1/channels?kind=payment-provider')).body.data).toHaveLength(1);
});

it('never show a secret, and keep it when other settings change', async () => {
  const made = await house.ask('POST', '/api/v1/channels', smtpMailbox);
  const changed = await house.ask('PATCH', `/api/v1/channels/${made.body.id}`, {
    settings: { smtpPort: 2465, unknownClient: 'ignore' },
  });

  expect(made.status).toBe(201);
  expect(JSON.stringify([made.body, changed.body])).not.toContain('hush');
  expect(changed.body.settings).toMatchObject({
    address: 'office@firm.test',
    smtpPort: 2465,
    unknownClient: 'ignore',
    smtpPassword: { set: true },
  });
  const [row] = await house.fixture.inside((tx) =>
    tx.selectFrom('channels').select('secrets').where('id', '=', Number(made.body.id)).execute(),
  );
  expect(row?.secrets).toEqual({ smtpPassword: expect.stringMatching(/^sealed:/) });
});

describe('are refused', () => {
  it.each([
    ['with an unknown provider', { ...smtpMailbox, provider: 'pigeon' }, 'provider'],
    ['without an address', { ...smtpMailbox, settings: {} }, 'settings.address'],
    ['with an address that is none', { ...smtpMailbox, settings: { address: 'x' } }, 'settings.address'],
    [
      'with an unknown setting',
      { ...smtpMailbox, settings: { address: 'b@firm.test', colour: 'red' } },
      'settings.colour',
    ],
    [
      'with a port that is none',
      { ...smtpMailbox, settings: { address: 'b@firm.test', smtpPort: 70_000 } },
      'settings.smtpPort',
    ],
    [
      'with a choice that does not exist',
      { ...smtpMailbox, settings: { address: 'b@firm.test', tie: 'some' } },
      'settings.tie',
    ],
  ])('%s', async (_, body, path) => {
    const answer = await house.ask('POST', '/api/v1/channels', body);

    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ path }]]);
  });

  it('with an address that another mailbox has', async () => {
    const answer = await house.ask('POST', '/api/v1/channels', {
      ...smtpMailbox,
      settings: { address: 'SALES@sandbox.test' },
    });

    expect(answer.status).toBe(409);
  });

  it('to anybody without the right to change settings', async () => {
    const { caller } = house;
    house.caller = { ...caller, rights: { ...caller.rights, ...noRights, administrator: false } };
    const answers = [
      await house.ask('POST', '/api/v1/channels', smtpMailbox),
      await house.ask('PATCH', '/api/v1/channels/1', { name: 'x' }),
    ];
    house.caller = caller;

    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  });

  it('when another workspace has the channel', async () => {
    expect((await house.ask('PATCH', '/api/v1/channels/999999', { name: 'x' })).status).toBe(404);
  });
});

const smtpSettings = [
  { code: 'address', control: 'email', required: true, default: null },
  { code: 'senderName', control: 'text', required: false, default: null },
  { code: 'writer', control: 'choice', default: 'rule', options: ['rule', 'from', 'replyTo'] },
  { code: 'holdClicks', control: 'number', default: 3 },
  { code: 'newSenders', control: 'number', default: 1_000 },
  { code: 'smtpHost', control: 'text', default: null },
  { code: 'smtpPort', control: 'number', default: 587 },
  { code: 'smtpSecurity', control: 'choice', default: 'starttls', options: ['starttls', 'tls', 'none'] },
  { code: 'smtpUser', control: 'text', default: null },
  { code: 'smtpPassword', control: 'secret', default: null },
  { code: 'tie', control: 'choice', default: 'latest', options: ['latest', 'all'] },
  { code: 'closedItemsToo', control: 'toggle', default: false },
  { code: 'unknownClient', control: 'choice' },
  { code: 'responsible', control: 'person', required: false, default: null },
];

it('describe their settings', async () => {
  const { body } = await house.ask('GET', '/api/v1/channels/kinds');

  expect(kindsSchema.parse(body).data.map(({ kind }) => kind)).toEqual([...channelKinds]);
  expect(kindsSchema.parse(body).data.slice(0, 5)).toMatchObject([
    { kind: 'mailbox', providers: [{ provider: 'sandbox' }, { provider: 'smtp', settings: smtpSettings }] },
    { kind: 'phone-line', providers: expect.arrayContaining([expect.objectContaining({ provider: 'sandbox' })]) },
    { kind: 'open-channel', providers: [{ provider: 'sandbox' }] },
    { kind: 'sms-provider', providers: [{ provider: 'sandbox' }] },
    { kind: 'payment-provider', providers: [{ provider: 'sandbox', settings: [] }] },
  ]);

  expect(JSON.stringify(body)).toContain(
    '"code":"unknownClient","control":"choice","required":false,"default":"create lead"',
  );
});

describe('a password of a mailbox', () => {
  let id = 0;
  beforeAll(async () => {
    const settings = { ...smtpMailbox.settings, address: 'kept@firm.test' };
    id = Number((await house.ask('POST', '/api/v1/channels', { ...smtpMailbox, settings })).body.id);
  });
  const kept = () => house.fixture.inside((tx) => findChannel(tx, id));
  const password = async () => {
    const channel = await kept();
    return channel && unsealSecrets(house.context.config, channel).smtpPassword;
  };
  const change = (settings: object) => house.ask('PATCH', `/api/v1/channels/${id}`, { settings });

  it.each([
    ['host', { smtpHost: 'smtp.evil.test' }],
    ['encryption', { smtpSecurity: 'none' }],
    ['host, with the mask that the form was shown', { smtpHost: 'smtp.evil.test', smtpPassword: { set: true } }],
  ])('is asked for again when it would go elsewhere: another %s', async (_, settings) => {
    expect(await change(settings)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'settings.smtpPassword', code: 'secret-again' }] },
    });
    expect((await kept())?.settings).toMatchObject({ smtpHost: 'smtp.firm.test', smtpSecurity: 'starttls' });
    expect((await change({ smtpUser: 'another' })).status).toBe(200);
    expect(await password()).toBe('hush');
  });

  it('may be given with another host, or taken away', async () => {
    expect((await change({ smtpHost: 'mail.firm.test', smtpPassword: 'hush2' })).status).toBe(200);
    expect(await password()).toBe('hush2');
    expect((await change({ smtpHost: 'smtp.firm.test', smtpPassword: null })).status).toBe(200);
    expect(await password()).toBeNull();
    expect((await change({ smtpPassword: 'sealed:like:this' })).status).toBe(200);
    expect(await password()).toBe('sealed:like:this');
  });

  it('is sealed at the next start when it was stored before, and with a new key by a command', async () => {
    const { workspaceId } = house.fixture;
    const secrets = { smtpPassword: 'from before' };
    await house.fixture.inside((tx) => setSecrets(tx, { workspaceId, id, secrets }));
    expect(await password()).toBe('from before');
    expect(await sealAllSecrets(house.context)).toBe(1);
    expect(await sealAllSecrets(house.context)).toBe(0);
    const before = (await kept())?.secrets.smtpPassword;
    expect(before).toMatch(/^sealed:/);
    expect(await rotateSecrets(house.context, async () => 0)).toBeGreaterThanOrEqual(1);
    expect((await kept())?.secrets.smtpPassword).not.toBe(before);
    expect(await password()).toBe('from before');
  });
});
