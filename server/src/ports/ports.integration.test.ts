import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../api/server.ts';
import { drainWorkspace } from '../automation/drain/drain.ts';
import { runVisits } from '../automation/running/run-visits.ts';
import { makeRunFixture, type RunFixture } from '../automation/running/testing-runs.ts';
import { bindSignals } from '../channels/email/inbound/bind-signals.ts';
import { insertEmail } from '../channels/email/letters/emails.store.ts';
import { buildMessage } from '../channels/email/outbound/build-message.ts';
import { tracking } from '../channels/email/testing-mail.ts';
import { createKey } from '../people/keys.store.ts';
import { setOwnAmount } from '../platform/quotas/check-quota.ts';
import { countUsed } from '../platform/quotas/quotas.store.ts';
import { recordSignals } from '../signals/record-signals.ts';

let fixture: RunFixture;
let app: FastifyInstance;
let eve: number;
let keys: { anna: string; eve: string };
beforeAll(async () => {
  fixture = await makeRunFixture();
  await fixture.addChannel({ kind: 'mailbox', name: 'sales@firm.test', settings: { address: 'sales@firm.test' } });
  eve = await fixture.addEmployee({ name: 'Eve', email: 'eve@firm.test' });
  app = await createServer(fixture.context, { checkAnswers: true });
  const keyOf = (employeeId: number) =>
    fixture.inside(
      async (tx) => (await createKey(tx, { workspaceId: fixture.workspaceId, employeeId, kind: 'api', name: '' })).key,
    );
  keys = { anna: await keyOf(fixture.employeeId), eve: await keyOf(eve) };
});
afterAll(async () => {
  await app.close();
  await fixture.close();
});

const rule = (id: string, key: string, stage: string, settings: object, more: object = {}) => ({
  id,
  do: key,
  stage,
  settings,
  ...more,
});
const emails = (itemId: number) =>
  fixture.inside((tx) => tx.selectFrom('emails').selectAll().where('item_id', '=', itemId).orderBy('id').execute());
const outbox = (itemId: number) =>
  fixture.inside((tx) => tx.selectFrom('outbox').selectAll().where('item_id', '=', itemId).orderBy('id').execute());
const comments = async (itemId: number) =>
  (
    await fixture.inside((tx) =>
      tx.selectFrom('timeline').select('text').where('item_id', '=', itemId).where('kind', '=', 'comment').execute(),
    )
  ).map(({ text }) => text);
const responsible = async (itemId: number) =>
  (
    await fixture.inside((tx) =>
      tx.selectFrom('items').select('responsible_id').where('id', '=', itemId).executeTakeFirstOrThrow(),
    )
  ).responsible_id;

async function call(method: 'GET' | 'POST', url: string, key = keys.anna) {
  const answer = await app.inject({ method, url, headers: { authorization: `Bearer ${key}` } });
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
}

describe('5.7, 5.8 mail of rules', () => {
  test('the outbox row is written with the run; the result can be used by other rules of the visit, wherever they stand (5.2)', async () => {
    await fixture.saveBoard({
      rules: [
        rule('uses', 'alerts/comment', 'NEW', { text: 'Sent as {{ rules.offer.emailId }}' }),
        rule(
          'offer',
          'clients/email',
          'NEW',
          { subject: 'Offer for {{ client.name }}', text: 'Dear {{ client.name }}' },
          { time: { after: '1 minute' } },
        ),
      ],
    });
    const contactId = await fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] });
    const item = await fixture.create({ contactId });
    await fixture.work();
    expect([await comments(item), await outbox(item)]).toEqual([[], []]);
    fixture.clock.advance(60_000);
    const { visitId } = await fixture.run(item, 'offer');
    await runVisits(fixture.runner, { workspaceId: fixture.workspaceId, visitIds: [visitId] });
    const [email] = await emails(item);
    const queued = await outbox(item);
    expect(email).toMatchObject({
      outbox_id: queued[0]?.id,
      to_addresses: ['cleo@client.test'],
      subject: 'Offer for Cleo',
      audience: 'client',
      track: true,
    });
    expect(queued).toMatchObject([{ kind: 'mail', state: 'queued', run_id: (await fixture.run(item, 'offer')).id }]);
    expect(await comments(item)).toEqual([`Sent as ${email?.id}`]);
    const letters = await fixture.inside((tx) =>
      tx.selectFrom('timeline').select('data').where('item_id', '=', item).where('kind', '=', 'email').execute(),
    );
    expect(letters).toMatchObject([{ data: { rule: 'Send e-mail to client', run: queued[0]?.run_id } }]);
  });

  test('a client without an address fails the run with a reason, and what needed its result goes on without', async () => {
    await fixture.saveBoard({
      rules: [
        rule('offer', 'clients/email', 'NEW', { subject: 'Offer', text: 'Dear' }),
        rule('uses', 'alerts/comment', 'NEW', { text: 'Sent as {{ rules.offer.emailId }}.' }),
        rule('needs', 'alerts/comment', 'NEW', { text: '{{ rules.offer.emailId }}' }),
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    expect(await fixture.run(item, 'offer')).toMatchObject({
      state: 'failed',
      error: 'the client has no e-mail address',
    });
    expect(await fixture.run(item, 'needs')).toMatchObject({ state: 'failed', error: 'the text is empty' });
    expect([await comments(item), await emails(item)]).toEqual([['Sent as .'], []]);
  });

  test('mail to employees stays off the timeline unless asked', async () => {
    await fixture.saveBoard({
      rules: [
        rule('quiet', 'alerts/email-employee', 'NEW', {
          to: ['responsible', 'eve@firm.test'],
          subject: 'quiet',
          text: 'x',
        }),
        rule('loud', 'alerts/email-employee', 'NEW', {
          to: ['eve@firm.test'],
          subject: 'loud',
          text: 'x',
          showOnTimeline: true,
        }),
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    expect((await emails(item)).map(({ subject, audience }) => `${subject} ${audience}`)).toEqual([
      'quiet employee',
      'quiet employee',
      'loud employee',
    ]);
    const shown = await fixture.inside((tx) =>
      tx.selectFrom('timeline').select('text').where('item_id', '=', item).where('kind', '=', 'email').execute(),
    );
    expect(shown).toEqual([{ text: 'loud' }]);
    const signals = await fixture.inside((tx) =>
      tx.selectFrom('signals').select('id').where('kind', '=', 'email.sent').execute(),
    );
    expect(signals).toHaveLength(1);
  });

  test('beyond what may be sent in a day a run fails with the reason, and none of its mails is half sent', async () => {
    await fixture.saveBoard({
      rules: [
        rule('offer', 'clients/email', 'NEW', { subject: 'Offer', text: 'Dear' }),
        rule('both', 'alerts/email-employee', 'NEW', { to: ['responsible', 'eve@firm.test'], subject: 'x', text: 'x' }),
      ],
    });
    const sent = await fixture.inside((tx) => countUsed(tx, { name: 'emails', now: fixture.clock.now() }));
    await fixture.inside((tx) => setOwnAmount(tx, 'emails', sent + 2));
    const contactId = await fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] });
    const item = await fixture.create({ contactId });
    await fixture.work();
    expect(await fixture.run(item, 'offer')).toMatchObject({ state: 'done' });
    expect(await fixture.run(item, 'both')).toMatchObject({
      state: 'failed',
      error: 'as many e-mails as the company may send in a day have been sent',
    });
    expect(await outbox(item)).toHaveLength(1);
    await fixture.inside((tx) => setOwnAmount(tx, 'emails', null));
  });
});

describe('people and fields (rules.md)', () => {
  test('a person field takes an e-mail address; a person is chosen in turn', async () => {
    await fixture.saveBoard({
      rules: [rule('set', 'items/modify', 'NEW', { changes: [{ field: 'responsible', value: 'eve@firm.test' }] })],
    });
    const item = await fixture.create();
    await fixture.work();
    expect(await responsible(item)).toBe(eve);

    await fixture.saveBoard({
      rules: [
        rule('turn', 'items/change-responsible', 'NEW', { people: ['eve@firm.test', 'creator'], choose: 'inTurn' }),
      ],
    });
    const items = [await fixture.create(), await fixture.create(), await fixture.create()];
    await fixture.work();
    const chosen = await Promise.all(items.map(responsible));
    expect(chosen).toEqual([eve, fixture.employeeId, eve]);
  });

  test('the least loaded has the fewest open items', async () => {
    await fixture.addItems(3, { stage: 'OFFER' });
    const idle = await fixture.addEmployee({ name: 'Idle', email: 'idle@firm.test' });
    await fixture.saveBoard({
      rules: [
        rule('least', 'items/change-responsible', 'NEW', {
          people: ['creator', 'eve@firm.test', 'idle@firm.test'],
          choose: 'leastLoaded',
        }),
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    expect(await responsible(item)).toBe(idle);
  });

  test('a value that does not fit its field fails the run and changes nothing', async () => {
    await fixture.saveBoard({
      rules: [rule('set', 'items/modify', 'NEW', { changes: [{ field: 'amount', value: 'a lot' }] })],
    });
    const item = await fixture.create({ amount: 5 });
    await fixture.work();
    expect(await fixture.run(item, 'set')).toMatchObject({ state: 'failed', error: expect.stringContaining('amount') });
  });
});

describe('the bell', () => {
  test('holds what rules tell a person, newest first, and nobody else’s', async () => {
    await fixture.saveBoard({
      rules: [rule('tell', 'alerts/notify', 'NEW', { text: 'New: {{ item.title }}', recipients: ['eve@firm.test'] })],
    });
    const item = await fixture.create({ title: 'Bell' });
    await fixture.work();
    const { body } = await call('GET', '/api/v1/notifications', keys.eve);
    expect(body.data[0]).toMatchObject({ text: 'New: Bell', item, sender: { name: 'Anna' }, readAt: null });
    const { id } = body.data[0];
    expect((await call('GET', '/api/v1/notifications')).body.data.map((one: { id: number }) => one.id)).not.toContain(
      id,
    );
    expect(await call('POST', `/api/v1/notifications/${id}/read`)).toMatchObject({ status: 404 });
    expect(await call('POST', `/api/v1/notifications/${id}/read`, keys.eve)).toMatchObject({ status: 204 });
    expect(
      (await call('GET', '/api/v1/notifications?unread=true', keys.eve)).body.data.map((one: { id: number }) => one.id),
    ).not.toContain(id);
    expect(await call('POST', '/api/v1/notifications/read-all', keys.eve)).toMatchObject({ status: 204 });
    expect((await call('GET', '/api/v1/notifications?unread=true', keys.eve)).body.data).toEqual([]);
  });
});

describe('the decision log (3.8)', () => {
  test('7 the signal of a rule’s e-mail carries the chain and the run: a trigger cannot bring the item back', async () => {
    await fixture.saveBoard({
      triggers: [{ id: 'sent', on: 'email/sent', stage: 'NEW', allowBack: true, settings: { sentBy: 'both' } }],
      rules: [rule('offer', 'clients/email', 'WARM', { subject: 'Offer', text: 'Dear' })],
    });
    const contactId = await fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] });
    const item = await fixture.create({ contactId });
    await fixture.move(item, 'WARM');
    await fixture.work();
    await drainWorkspace(fixture.context, fixture.workspaceId, { bindSignals });
    const [signal] = (await call('GET', `/api/v1/items/${item}/signals`)).body.data;
    expect(signal).toMatchObject({ kind: 'email.sent', move: null, run: (await fixture.run(item, 'offer')).id });
    const { NEW, WARM } = fixture.stages;
    expect(signal.verdicts).toMatchObject([
      {
        trigger: 'sent',
        verdict: 'loop',
        detail: { chain: { origin: { [item]: NEW }, entered: [{ item, stage: WARM }] } },
      },
    ]);
  });

  test('shows every signal of the item with the verdicts of every trigger, and the move', async () => {
    const opened = { on: 'apps/webhook', settings: { code: 'go' } };
    await fixture.saveBoard({
      triggers: [
        { id: 'warm', stage: 'WARM', name: 'Warm now', ...opened },
        { id: 'won', stage: 'WON', ...opened },
      ],
    });
    const item = await fixture.create();
    const signal = {
      kind: 'webhook.called',
      sourceKey: 'log-1',
      occurredAt: fixture.clock.now(),
      payload: { code: 'go' },
      items: [item],
    };
    await fixture.inside((tx) => recordSignals(tx, [signal]));
    const url = `/api/v1/items/${item}/signals`;
    expect((await call('GET', url)).body.data).toMatchObject([
      { kind: 'webhook.called', decidedAt: null, verdicts: [], move: null },
    ]);
    await drainWorkspace(fixture.context, fixture.workspaceId, { bindSignals });
    expect((await call('GET', url)).body.data).toMatchObject([
      {
        payload: { code: 'go' },
        move: expect.any(Number),
        verdicts: [
          { trigger: 'warm', key: 'apps/webhook', name: 'Warm now', stage: 'WARM', verdict: 'moves', detail: null },
          { trigger: 'won', verdict: 'outrun' },
        ],
      },
    ]);
    expect(await call('GET', '/api/v1/items/999999/signals')).toMatchObject({ status: 404 });
  });
});

describe('mail of rules to clients says what it is, and where it belongs', () => {
  const built = async (itemId: number) =>
    Promise.all(
      (await emails(itemId)).map(async (email) => {
        const { headers, raw } = await buildMessage(email, [], tracking);
        return { email, headers, text: raw.toString() };
      }),
    );
  const minuteLater = async (item: number, ruleId: string) => {
    fixture.clock.advance(60_000);
    const { visitId } = await fixture.run(item, ruleId);
    await runVisits(fixture.runner, { workspaceId: fixture.workspaceId, visitIds: [visitId] });
  };
  const rules = [
    rule('one', 'clients/email', 'NEW', { subject: 'Hello', text: 'a' }),
    rule('two', 'clients/email', 'NEW', { subject: 'Offer', text: 'b' }, { time: { after: '1 minute' } }),
    rule(
      'boss',
      'clients/email',
      'NEW',
      { subject: 'Copy', text: 'c', to: 'boss@client.test' },
      { time: { after: '1 minute' } },
    ),
  ];

  test('automatic, and going on with the conversation of the item with that address, not with another', async () => {
    await fixture.saveBoard({ rules });
    const contactId = await fixture.addContact({ name: 'Rae', emails: ['rae@client.test'] });
    const item = await fixture.create({ contactId });
    await fixture.work();
    await minuteLater(item, 'two');
    const [first, second, copy] = await built(item);

    expect(first?.headers).not.toHaveProperty('In-Reply-To');
    expect(second?.headers).toMatchObject({
      'In-Reply-To': first?.email.message_id,
      References: first?.email.message_id,
    });
    expect(second?.email.thread_id).toBe(first?.email.id);
    expect(copy?.headers).not.toHaveProperty('In-Reply-To');
    for (const one of [first, second, copy]) expect(one?.text).toContain('Auto-Submitted: auto-generated');
  });

  test('goes on from what the client wrote last, on that item alone', async () => {
    await fixture.saveBoard({
      rules: [rule('later', 'clients/email', 'NEW', { subject: 'Thanks', text: 'a' }, { time: { after: '1 minute' } })],
    });
    const contactId = await fixture.addContact({ name: 'Una', emails: ['una@client.test'] });
    const [item, other] = [await fixture.create({ contactId }), await fixture.create({ contactId })];
    await fixture.work();
    await fixture.inside((tx) =>
      insertEmail(tx, {
        ...{
          direction: 'in',
          mailboxId: 1,
          itemId: item,
          contactId,
          companyId: null,
          messageId: '<q2@client.test>',
          threadId: null,
        },
        ...{ inReplyTo: null, references: ['<q1@client.test>'], from: { address: 'una@client.test', name: null } },
        ...{ to: ['sales@firm.test'], subject: 'Question', text: 'x', html: null, at: fixture.clock.now() },
      }),
    );
    await minuteLater(item, 'later');
    await minuteLater(other, 'later');

    expect((await built(item)).at(-1)?.headers).toMatchObject({
      'In-Reply-To': '<q2@client.test>',
      References: '<q1@client.test> <q2@client.test>',
    });
    expect((await built(other)).at(-1)?.headers).not.toHaveProperty('In-Reply-To');
  });

  test('goes on from what a colleague wrote to that address, who is no program; never from mail to another address', async () => {
    await fixture.saveBoard({
      rules: [rule('later', 'clients/email', 'NEW', { subject: 'Thanks', text: 'a' }, { time: { after: '1 minute' } })],
    });
    const write = (itemId: number, to: string, messageId: string) =>
      fixture.inside((tx) =>
        insertEmail(tx, {
          ...{ direction: 'out', mailboxId: 1, itemId, contactId: null, companyId: null, messageId, threadId: null },
          ...{ inReplyTo: null, references: [], from: { address: 'sales@firm.test', name: null }, to: [to] },
          ...{ subject: 'Offer', text: 'x', html: '<p>x</p>', at: fixture.clock.now(), authorId: fixture.employeeId },
        }),
      );
    const later = async (to: string, messageId: string) => {
      const contactId = await fixture.addContact({ name: 'Vera', emails: ['vera@client.test', 'second@client.test'] });
      const item = await fixture.create({ contactId });
      await fixture.work();
      await write(item, to, messageId);
      await minuteLater(item, 'later');
      return built(item);
    };

    const [written, answered] = await later('vera@client.test', '<w1@firm.test>');
    expect(written?.text).not.toContain('Auto-Submitted');
    expect(answered?.headers).toMatchObject({ 'In-Reply-To': '<w1@firm.test>', References: '<w1@firm.test>' });
    expect(answered?.text).toContain('Auto-Submitted: auto-generated');

    const [, begun] = await later('boss@firm.test', '<w2@firm.test>');
    expect(begun?.headers).not.toHaveProperty('In-Reply-To');
    expect(begun?.text).toContain('Auto-Submitted: auto-generated');
  });

  test('in HTML, and to a company, as well', async () => {
    const html = rule('one', 'clients/email', 'NEW', { subject: 'Hello', html: '<b>a</b>' });
    await fixture.saveBoard({ rules: [html] });
    const companyId = await fixture.addCompany({ name: 'Acme', emails: ['office@acme.test'] });
    const item = await fixture.create({ companyId });
    await fixture.work();
    const [mail] = await built(item);

    expect(mail?.email.to_addresses).toEqual(['office@acme.test']);
    expect(mail?.text).toContain('Auto-Submitted: auto-generated');
  });
});
