import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { languages } from '../kit/words/languages.ts';
import { defineSignal } from './define-signal.ts';
import { findSignalKind, signalKinds } from './index.ts';

const here = (file: string) => new URL(file, import.meta.url);
const files = readdirSync(here('.'));
const besides = ['channel-kinds.ts', 'define-signal.ts', 'families.ts', 'index.ts', 'signals.test.ts'];
const strings = z.record(
  z.string(),
  z.strictObject({ kinds: z.record(z.string(), z.string()), fields: z.record(z.string(), z.string()) }),
);
const families = files
  .filter((file) => file.endsWith('.strings.json'))
  .map((file) => strings.parse(JSON.parse(readFileSync(here(file), 'utf8'))));

const parse = (kind: string, payload: unknown) => findSignalKind(kind)?.schema.safeParse(payload);

describe('kinds of signal', () => {
  it('are named family.name, each once', () => {
    const kinds = signalKinds.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.filter((kind) => !/^[a-z]+\.[a-z-]+$/.test(kind))).toEqual([]);
    expect(findSignalKind('email.read')).toBeUndefined();
  });

  it('have a name and a word for everything they say, in every language', () => {
    const blank = signalKinds.flatMap((signal) =>
      languages.flatMap((language) => [
        ...(signal.nameIn(language).trim() === '' ? [`${signal.kind} ${language}`] : []),
        ...signal.names
          .filter((name) => ['', name].includes(signal.fieldIn(language, name).trim()))
          .map((name) => `${signal.kind}.${name} ${language}`),
      ]),
    );
    expect(blank).toEqual([]);
  });

  it('have no words that none of them uses', () => {
    const known = [...signalKinds.map(({ kind }) => kind), ...signalKinds.flatMap(({ names }) => names)];
    const spoken = families.flatMap((family) =>
      Object.values(family).flatMap(({ kinds, fields }) => [...Object.keys(kinds), ...Object.keys(fields)]),
    );
    expect(spoken.filter((word) => !known.includes(word))).toEqual([]);
    expect(families).toHaveLength(files.filter((file) => file.endsWith('.ts') && !besides.includes(file)).length);
  });

  it('have a line in families.ts, each family', () => {
    const lines = readFileSync(here('families.ts'), 'utf8');
    const own = files.filter((file) => file.endsWith('.ts') && !besides.includes(file));
    expect(own.filter((file) => !lines.includes(`export * from './${file}';`))).toEqual([]);
  });

  it('do not compile without words', () => {
    const words = { kinds: { 'fax.came': 'Fax came' }, fields: { pages: 'Pages' } };
    const { pl: _, ...four } = { en: words, pl: words, es: words, pt: words, it: words };
    const fax = { kind: 'fax.came', external: true, tie: 'client' } as const;
    const all = { ...four, pl: words };
    const said = defineSignal({ ...fax, strings: all, schema: z.looseObject({ pages: z.number() }) });
    // @ts-expect-error Polish is missing.
    const unspoken = defineSignal({ ...fax, strings: four, schema: z.looseObject({ pages: z.number() }) });
    // @ts-expect-error There is no word for the number.
    const unlabelled = defineSignal({ ...fax, strings: all, schema: z.looseObject({ number: z.string() }) });
    // @ts-expect-error The kind has no name.
    const unnamed = defineSignal({ ...fax, kind: 'fax.sent', strings: all, schema: z.looseObject({}) });
    expect([said, unspoken, unlabelled, unnamed].map(({ kind }) => kind)).toHaveLength(4);
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
