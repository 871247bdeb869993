import { describe, expect, it } from 'vitest';
import { findSignalKind, signalKinds } from './index.ts';

const parse = (kind: string, payload: unknown) => findSignalKind(kind)?.schema.safeParse(payload);

describe('kinds of signal', () => {
  it('are named family.name, each once', () => {
    const kinds = signalKinds.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.filter((kind) => !/^[a-z]+\.[a-z-]+$/.test(kind))).toEqual([]);
    expect(findSignalKind('email.read')).toBeUndefined();
  });

  it('may be posted by outside systems, all but item.changed', () => {
    expect(signalKinds.filter(({ external }) => !external).map(({ kind }) => kind)).toEqual(['item.changed']);
  });

  it('2.2 reach the latest item for e-mail, all for calls and chats', () => {
    const ways = Object.fromEntries(
      signalKinds.map(({ kind, multiClient, channelKind }) => [kind, [multiClient, channelKind]]),
    );
    expect(ways).toMatchObject({
      'email.received': ['latest', 'mailbox'],
      'call.missed': ['all', 'phone-line'],
      'chat.message': ['all', 'open-channel'],
    });
  });

  it('know the channel that they came by', () => {
    const channelOf = (kind: string, payload: Readonly<Record<string, unknown>>) => {
      const definition = findSignalKind(kind);
      return definition?.channelOf(definition.schema.parse(payload));
    };
    expect([
      channelOf('call.missed', { line: 3 }),
      channelOf('email.received', { mailbox: 'a@b.test' }),
      channelOf('invoice.paid', {}),
    ]).toEqual([3, 'a@b.test', null]);
  });

  it.each([
    ['webhook.called', { code: 'go' }],
    ['email.opened', { userAgent: 'Mozilla/5.0' }],
    ['call.missed', { line: 3 }],
    ['email.sent', { to: ['a@b.test'], extra: 'kept' }],
    ['item.changed', { changes: [{ field: 'amount', from: null, to: 5 }], by: 11 }],
    ['chat.waiting', { waitedSeconds: 601 }],
  ])('%s takes %j', (kind, payload) => expect(parse(kind, payload)).toMatchObject({ success: true, data: payload }));

  it.each([
    ['webhook.called', {}],
    ['email.link-clicked', { emailId: 1 }],
    ['email.sent', { by: 'nobody' }],
    ['call.ended', { talkSeconds: -1 }],
    ['chat.message', { text: 5 }],
    ['item.changed', { changes: 'all' }],
  ])('%s refuses %j', (kind, payload) => expect(parse(kind, payload)?.success).toBe(false));
});
