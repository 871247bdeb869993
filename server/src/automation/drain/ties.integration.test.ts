import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { makeRoutes } from '../../compose/routes.ts';
import { createRecorder } from '../../signals/recorder.ts';
import { drainWorkspace } from './drain.ts';

let server: TestServer;
let firm: TestWorkspace;

beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
});
afterAll(() => server.close());
beforeEach(async () => {
  firm = await server.addWorkspace();
});

const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, body?: object) =>
  server.call(method, url, { key: firm.key, ...(body !== undefined && { body }) });
const stages = [
  { code: 'NEW', name: 'New' },
  { code: 'WARM', name: 'Warm' },
  { code: 'WON', name: 'Won', kind: 'won' },
];
const put = (triggers: object[], type = 'deal', pipeline = 'Ties') =>
  call('PUT', `/api/v1/automation/${type}/${pipeline}`, { type, pipeline, stages, triggers });
const add = async (more: object = {}) =>
  (await call('POST', '/api/v1/items', { type: 'deal', pipeline: 'Ties', title: 'Bread', ...more })).body.id;
const contact = async (more: object) => (await call('POST', '/api/v1/contacts', { name: 'Cleo', ...more })).body.id;
const post = async (body: object) => expect((await call('POST', '/api/v1/signals', body)).status).toBe(202);
const drain = () => drainWorkspace(server.context, firm.id, { bindSignals: async () => {} });
const stagesOf = (ids: readonly number[]) =>
  Promise.all(ids.map(async (id) => (await call('GET', `/api/v1/items/${id}`)).body.stage));
const titlesOf = async (type: string) =>
  (await call('GET', `/api/v1/items?type=${type}`)).body.data.map(({ title }: { title: string }) => title);

describe('2.1 a direct tie', () => {
  it.each([
    ['email.opened', 'email/opened', {}, {}],
    ['email.link-clicked', 'email/link-clicked', { links: 'any' }, { url: 'https://shop.example/' }],
    ['email.received', 'email/received', {}, { subject: 'Re: Offer', reply: true }],
    ['email.sent', 'email/sent', {}, {}],
    ['call.missed', 'telephony/missed-call', {}, {}],
    ['chat.message', 'chat/message', {}, { text: 'Hello' }],
    ['form.submitted', 'forms/submitted', {}, { form: 1 }],
    ['invoice.paid', 'payments/invoice-paid', {}, { invoice: 7 }],
    ['order.paid', 'payments/order-paid', {}, { order: 8 }],
    ['document.created', 'documents/created', {}, {}],
    ['document.opened', 'documents/opened', {}, {}],
    ['visit.started', 'meetings/visit', {}, {}],
    ['booking.created', 'booking/booked', {}, {}],
    ['task.status-changed', 'tasks/status-changed', {}, { status: 'completed' }],
    ['webhook.called', 'apps/webhook', { code: 'go' }, { code: 'go' }],
    ['app.triggered', 'apps/app', { code: 'go' }, { code: 'go' }],
    ['qr.scanned', 'qr/scanned', {}, {}],
  ])(
    '2.1 %s reaches exactly its item, open or closed, and no other of the client',
    async (kind, on, settings, payload) => {
      expect((await put([{ on, stage: 'WARM', allowBack: true, settings }])).status).toBe(200);
      const client = await contact({ emails: ['cleo@client.test'] });
      const [named, closed, other] = [
        await add({ contact: client }),
        await add({ contact: client, stage: 'WON' }),
        await add({ contact: client }),
      ];
      await post({ kind, item: named, payload });
      await post({ kind, item: closed, payload });
      await drain();
      expect(await stagesOf([named, closed, other])).toEqual(['WARM', 'WARM', 'NEW']);
    },
  );

  it('2.1 a change of fields or of the responsible reaches its own item alone', async () => {
    await put([
      { on: 'crm/field-changed', stage: 'WARM', settings: { fields: ['title'] } },
      { on: 'crm/responsible-changed', stage: 'WON' },
    ]);
    const eve = await firm.addPerson('eve@firm.test');
    const [renamed, given, other] = [await add(), await add(), await add()];
    await call('PATCH', `/api/v1/items/${renamed}`, { title: 'Rolls' });
    await call('PATCH', `/api/v1/items/${given}`, { responsible: eve.id });
    await drain();
    expect(await stagesOf([renamed, given, other])).toEqual(['WARM', 'WON', 'NEW']);
  });
});

describe('2 a client tie by the channel’s settings', () => {
  const channel = async (kind: string) =>
    (await call('GET', `/api/v1/channels?kind=${kind}`)).body.data.find((one: { kind: string }) => one.kind === kind);
  const kinds = [
    ['mailbox', 'email.received', 'email/received', 'mailbox', {}],
    ['phone-line', 'call.missed', 'telephony/missed-call', 'line', {}],
    ['open-channel', 'chat.message', 'chat/message', 'channel', { text: 'Hello' }],
  ] as const;

  it.each(kinds)(
    '2.2, 2.4 of a %s: default, all, latest, closed ones, unknown clients',
    async (kind, signal, on, field, payload) => {
      await put([{ on, stage: 'WARM', allowBack: true }]);
      const { id, settings } = await channel(kind);
      const set = async (more: object) =>
        expect((await call('PATCH', `/api/v1/channels/${id}`, { settings: { ...settings, ...more } })).status).toBe(
          200,
        );
      let phone = 48_221_000_000;
      const reached = async (items: object[]) => {
        phone += 1;
        const client = await contact({ phones: [`+${phone}`] });
        const ids: number[] = [];
        for (const item of items) ids.push(await add({ contact: client, ...item }));
        await post({ kind: signal, client: { phone: `+${phone}` }, payload: { ...payload, [field]: id } });
        await drain();
        return stagesOf(ids);
      };
      expect(await reached([{}, {}])).toEqual(kind === 'mailbox' ? ['NEW', 'WARM'] : ['WARM', 'WARM']);
      await set({ tie: 'all' });
      expect(await reached([{}, {}, { stage: 'WON' }])).toEqual(['WARM', 'WARM', 'WON']);
      await set({ tie: 'latest' });
      expect(await reached([{}, {}])).toEqual(['NEW', 'WARM']);
      await set({ tie: 'latest', closedItemsToo: true });
      expect(await reached([{ stage: 'WON' }, { stage: 'WON' }])).toEqual(['WON', 'WARM']);
      expect(await reached([{}, { stage: 'WON' }])).toEqual(['WARM', 'WON']);

      const deals = (await titlesOf('deal')).length;
      const leads = async () => (await titlesOf('lead')).length;
      const before = await leads();
      const stranger = (number: string) =>
        post({ kind: signal, client: { phone: number }, payload: { ...payload, [field]: id } }).then(drain);
      await set({ unknownClient: 'ignore' });
      await stranger('+48229999991');
      expect([(await titlesOf('deal')).length, await leads()]).toEqual([deals, before]);
      await set({ unknownClient: 'create deal' });
      await stranger('+48229999992');
      expect([(await titlesOf('deal')).length, await leads()]).toEqual([deals + 1, before]);
      await set({ unknownClient: 'create lead' });
      await stranger('+48229999993');
      expect([(await titlesOf('deal')).length, await leads()]).toEqual([deals + 1, before + 1]);
    },
  );

  it.each(kinds)(
    '2.4 of a %s: a lead for somebody unknown is the default',
    async (_kind, signal, _on, _field, payload) => {
      const before = (await titlesOf('lead')).length;
      await post({ kind: signal, client: { phone: '+48229999994' }, payload });
      await drain();
      expect(await titlesOf('lead')).toHaveLength(before + 1);
    },
  );

  it('2.2 without the switch the decision log of a closed item says so', async () => {
    await put([{ on: 'telephony/missed-call', stage: 'WARM', allowBack: true }]);
    const client = await contact({ phones: ['+48221111111'] });
    const [open, closed] = [await add({ contact: client }), await add({ contact: client, stage: 'WON' })];
    await post({ kind: 'call.missed', client: { phone: '+48221111111' } });
    await drain();
    const logOf = async (id: number) => (await call('GET', `/api/v1/items/${id}/signals`)).body.data;
    expect(await logOf(open)).toMatchObject([
      { verdicts: [{ verdict: 'moves' }], note: { tie: 'client', choice: 'all' } },
    ]);
    expect(await logOf(closed)).toMatchObject([
      { kind: 'call.missed', verdicts: [], move: null, note: { tie: 'client', why: 'the item is closed' } },
    ]);
  });

  it('2.2 what comes through no channel reaches the latest item and makes nothing', async () => {
    await put([{ on: 'apps/visitor-returned', stage: 'WARM' }]);
    const client = await contact({ emails: ['cleo@client.test'] });
    const [older, newer] = [await add({ contact: client }), await add({ contact: client })];
    await post({ kind: 'visitor.returned', client: { id: client } });
    const counts = async () => [(await titlesOf('lead')).length, (await titlesOf('deal')).length];
    const before = await counts();
    await post({ kind: 'visitor.returned', client: { email: 'nobody@client.test' } });
    await drain();
    expect(await stagesOf([older, newer])).toEqual(['NEW', 'WARM']);
    expect(await counts()).toEqual(before);
  });
});
