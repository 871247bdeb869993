import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { iconNames } from 'lucide-react/dynamic';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { channels } from './channels/index.ts';
import * as kinds from './channels/kinds.ts';
import smtpStrings from './channels/mailbox/smtp.strings.json' with { type: 'json' };
import { sandboxPayments } from './channels/payment-provider/sandbox.ts';
import { defineChannel } from './kit/definitions/define-channel.ts';
import { defineTrigger } from './kit/definitions/define-trigger.ts';
import { choice, email, text } from './kit/settings/fields.ts';
import { checkRegistry, type Registry } from './registry-check.ts';
import { rules } from './rules/index.ts';
import { signalKinds } from './signals/index.ts';
import strings from './triggers/email/sent.strings.json' with { type: 'json' };
import { triggers } from './triggers/index.ts';

const files = readdirSync(fileURLToPath(new URL('.', import.meta.url)), { recursive: true }).map((path) =>
  String(path).replaceAll('\\', '/'),
);
const knownKeys = keysIn(files.filter((path) => path.startsWith('known-keys/')));
const registry: Registry = {
  ...{ triggers, rules, channels, files, knownKeys },
  kinds: Object.values(kinds),
  signals: signalKinds.map(({ kind }) => kind),
  ofClients: signalKinds.flatMap(({ channelKind, tie }) =>
    channelKind === null || tie === 'direct' ? [] : channelKind,
  ),
  icons: iconNames,
};

/** The registry with one trigger changed. */
function withFirst(change: (first: (typeof triggers)[number]) => Partial<(typeof triggers)[number]>): Registry {
  const [first, ...rest] = triggers;
  return first === undefined ? registry : { ...registry, triggers: [{ ...first, ...change(first) }, ...rest] };
}

/** The registry with a channel changed, which is tied to nothing. */
function withChannel(change: Partial<typeof sandboxPayments>): Registry {
  const changed = channels.map((channel) => (channel === sandboxPayments ? { ...channel, ...change } : channel));
  return { ...registry, channels: changed };
}

const { mailbox } = kinds;
const blankKind = { name: ' ', add: '', what: '' };

/** The registry with the kind of mailboxes changed. */
function withKind(change: Partial<typeof mailbox>): Registry {
  return { ...registry, kinds: registry.kinds.map((kind) => (kind === mailbox ? { ...kind, ...change } : kind)) };
}

const paid = sandboxPayments.textIn('en');

test('the registry is complete', () => expect(checkRegistry(registry)).toEqual([]));

describe('the check fails when', () => {
  const { pl: _pl, ...noPolish } = strings;

  it.each<[string, Registry, RegExp]>([
    [
      'a language is missing',
      withFirst(({ strings: all }) => ({ strings: { ...all, ...Object.fromEntries([['pl', undefined]]) } })),
      /pl: no strings/,
    ],
    [
      'a text is blank',
      withFirst(({ strings: all }) => ({ strings: { ...all, it: { ...all.it, name: ' ' } } })),
      /it: no name/,
    ],
    [
      'a label is missing',
      withFirst(({ strings: all }) => ({ strings: { ...all, es: { ...all.es, fields: {} } } })),
      /es fields: firstOnly is missing/,
    ],
    ['a field is gone but its words are not', withFirst(() => ({ fields: {} })), /firstOnly is too much/],
    [
      'signals of a channel may know only the client, and nobody may say which items are meant',
      { ...registry, channels: registry.channels.map((channel) => ({ ...channel, ties: {} })) },
      /mailbox\/smtp: its signals may know only the client, and it has no ties/,
    ],
    ['there is no such icon', withFirst(() => ({ icon: 'no-such-icon' })), /there is no icon no-such-icon/],
    [
      'a field has no control',
      withFirst(({ fields }) => ({
        fields: { ...fields, firstOnly: { ...text(), ...Object.fromEntries([['control', undefined]]) } },
      })),
      /firstOnly: no control/,
    ],
    ['the key is not the path', withFirst(() => ({ key: 'email/read' })), /there is no triggers\/email\/read\.ts/],
    ['a key vanishes', { ...registry, triggers: triggers.slice(1) }, /email\/opened: vanished/],
    ['a key is not written down', { ...registry, knownKeys: { ...knownKeys, rules: [] } }, /not in known-keys/],
    [
      'a test is missing',
      { ...registry, files: files.filter((path) => path !== 'rules/alerts/notify.test.ts') },
      /there is no rules\/alerts\/notify\.test\.ts/,
    ],
    [
      'the example does not parse',
      withFirst(() => ({ example: { firstOnly: 1 }, bind: () => ({ ok: false, problems: [] }) })),
      /example does not parse/,
    ],
    ['a provider vanishes', { ...registry, channels: channels.slice(1) }, /mailbox\/sandbox: vanished/],
    ['a kind has no sandbox', withKind({ providers: [] }), /mailbox: there is no sandbox with a start/],
    ['a kind has no line', { ...registry, kinds: [] }, /mailbox: .* no line in channels\/kinds\.ts/],
    ['a kind is called nothing', withKind({ strings: { ...mailbox.strings, pl: blankKind } }), /mailbox pl: no add/],
    ['a kind has no icon', withKind({ icon: 'no-such-icon' }), /mailbox: there is no icon no-such-icon/],
    [
      'a file of a trigger is in no list',
      { ...registry, files: [...files, 'triggers/fax/came.ts'] },
      /triggers\/fax\/came\.ts: not in triggers\/fax\/index\.ts, or that has no line in triggers\/families\.ts/,
    ],
    [
      'a file of a rule is in no list',
      { ...registry, rules: rules.slice(1) },
      /rules\/alerts\/notify\.ts: not in rules\/alerts\/index\.ts/,
    ],
    [
      'a provider is in no list',
      { ...registry, channels: channels.slice(1) },
      /channels\/mailbox\/sandbox\.ts: not among the providers of channels\/mailbox\/kind\.ts/,
    ],
    ['a signal moves nothing', { ...registry, signals: ['fax.came'] }, /fax\.came: no trigger hears it/],
    [
      "a provider's file is elsewhere",
      withChannel({ key: 'payment-provider/till', provider: 'till' }),
      /there is no channels\/payment-provider\/till\.ts/,
    ],
    [
      'a provider is called otherwise than its key',
      withChannel({ provider: 'till' }),
      /the key is not payment-provider\/till/,
    ],
    ['a provider has no icon', withChannel({ icon: 'no-such-icon' }), /there is no icon no-such-icon/],
    ['a provider says nothing', withChannel({ textIn: () => ({ ...paid, what: '' }) }), /it: no what/],
    ["a provider's setting has no words", withChannel({ fields: { key: text() } }), /es fields: key is missing/],
    [
      'the words of a channel are of no setting',
      withChannel({ textIn: () => ({ ...paid, fields: { key: { label: 'Key', hint: '' } } }) }),
      /pt fields: key is too much/,
    ],
    ["a provider's example does not parse", withChannel({ example: { key: 1 } }), /example does not parse/],
    ['a key stands there twice', { ...registry, triggers: [...triggers, ...triggers.slice(0, 1)] }, /there twice/],
  ])('%s', (_what, mutated, message) => expect(checkRegistry(mutated).join('\n')).toMatch(message));

  it('and a gap in the words does not even compile', () => {
    const common = {
      key: 'x/y',
      icon: 'send',
      group: 'other',
      on: 'email.sent',
      example: {},
      matches: () => true,
    } as const;
    const fields = { sentBy: choice(['people', 'rules', 'both'], 'people') };
    const withSubject = { ...fields, subject: text() };
    const withNobody = { sentBy: choice(['people', 'rules', 'both', 'nobody'], 'people') };
    // @ts-expect-error Polish is missing.
    const unspoken = defineTrigger({ ...common, fields, strings: noPolish });
    // @ts-expect-error The words for the new setting are missing.
    const unlabelled = defineTrigger({ ...common, fields: withSubject, strings });
    // @ts-expect-error The word for the new choice is missing.
    const unchosen = defineTrigger({ ...common, fields: withNobody, strings });
    expect([unspoken, unlabelled, unchosen]).toHaveLength(3);
  });

  it('nor does one in the words of a channel', () => {
    const common = { kind: 'mailbox', provider: 'x', icon: 'mail', example: {} } as const;
    const own = { address: email() };
    // @ts-expect-error The words for the port are missing.
    const unlabelled = defineChannel({ ...common, fields: { ...own, imapPort: text() }, strings: smtpStrings });
    const { it: _it, ...noItalian } = smtpStrings;
    // @ts-expect-error Italian is missing.
    const unspoken = defineChannel({ ...common, fields: own, strings: noItalian });
    expect([unlabelled, unspoken]).toHaveLength(2);
  });
});

/** Keys that are saved somewhere, in as many files as there are families that want one of their own. */
function keysIn(paths: readonly string[]): Registry['knownKeys'] {
  const keys = z.array(z.string()).default([]);
  const file = z.strictObject({ triggers: keys, rules: keys, channels: keys });
  const all = paths.map((path) => file.parse(JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))));
  const of = (kept: 'triggers' | 'rules' | 'channels') => all.flatMap((one) => one[kept]);
  return { triggers: of('triggers'), rules: of('rules'), channels: of('channels') };
}
