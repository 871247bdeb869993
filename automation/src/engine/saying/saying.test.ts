import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../kit/conditions/conditions.ts';
import { languages } from '../../kit/words/languages.ts';
import { fields as known, makeItem, stages, workspace } from '../../testing.ts';
import { triggers } from '../../triggers/index.ts';
import { verdictInWords } from '../verdict-words.ts';
import { evidenceInWords } from './say-evidence.ts';
import { sayPath } from './say-path.ts';
import { asksBeside } from './say-refusal.ts';
import type { SayingFacts } from './saying-facts.ts';

const person = (code: string) => ({ code, kind: 'person' as const, name: 'Lawyer', custom: true });
const facts: SayingFacts = {
  ...{
    language: 'en',
    timeZone: 'Europe/Warsaw',
    stages,
    fields: [...known, person('lawyer'), { code: 'partner', kind: 'client', name: 'Partner', custom: true }],
    signal: 'webhook.called',
  },
  record: (kind, value) => (kind === 'client' && value === 'contact:5' ? 'Jan Kowalski' : undefined),
  person: (id) => (id === 11 ? 'Anna Nowak' : undefined),
  thing: (id) => (id === 3 ? 'Sales mailbox' : undefined),
};
const verdict = { trigger: 't', key: 'email/received', name: 'Received', stage: 'WARM' } as const;
const refused = (key: string, detail: object) =>
  verdictInWords({ ...verdict, key, verdict: 'settings', detail: { ...detail } }, facts);
const failed = (field: string, is: string, value: unknown, got: unknown) =>
  verdictInWords({ ...verdict, verdict: 'condition', detail: { part: { field, is, value }, got } }, facts);

describe('verdicts are said as people know things', () => {
  it.each([
    [
      refused('telephony/outgoing-call', { setting: 'countsAt', wanted: 'call.ended', got: 'call.started' }),
      'the line counts calls at their end, and this was told at the start',
    ],
    [
      refused('telephony/incoming-call', { setting: 'direction', wanted: 'incoming', got: 'outgoing' }),
      'the call went the other way: it listens to incoming calls',
    ],
    [
      refused('email/received', { setting: 'bounce', wanted: false, got: true }),
      'this is a returned e-mail, not one of the client',
    ],
    [
      refused('crm/responsible-changed', { setting: 'responsible', wanted: 'changed', got: ['title', 'amount'] }),
      'the responsible did not change; changed: Title or Amount',
    ],
    [
      refused('crm/responsible-changed', {
        setting: 'to',
        wanted: ['supervisor'],
        got: { id: 11, name: 'Anna Nowak' },
      }),
      'wants the supervisor, but it was Anna Nowak',
    ],
    [
      refused('email/received', { setting: 'mailboxes', wanted: [3], got: 7 }),
      'wants Sales mailbox, but it was something else',
    ],
    [refused('meetings/visit', { setting: 'when', wanted: 'finished', got: 'visit.started' }), 'but it was'],
    [failed('lawyer', 'equals', 11, 12), 'Lawyer is Anna Nowak (it was somebody unknown)'],
    [failed('source', 'equals', 'WEB', 'CALL'), 'Source is Web (it was Call)'],
    [failed('visitAt', 'at least', '2026-12-01T15:00:00Z', '2026-11-30T15:00:00Z'), 'it was Nov 30, 2026, 4:00'],
    [failed('deliveryDate', 'equals', 'today', '2026-11-30'), 'Delivery date is today (it was Nov 30, 2026)'],
    [failed('stage', 'equals', 'WON', 'OFFER'), 'Won (it was Offer sent)'],
    [
      failed('signal.occurredAt', 'weekday', ['mon', '5'], '2026-11-30T15:00:00Z'),
      'the weekday of signal: When it happened is Monday or Friday',
    ],
    [failed('visitAt', 'within next', '1 day', '2026-11-30T15:00:00Z'), 'within the next 1 day'],
    [failed('partner', 'equals', 'contact:5', 'contact:6'), 'Partner is Jan Kowalski (it was somebody unknown)'],
    [failed('now', 'weekday', ['sat'], Date.UTC(2026, 10, 21, 10)), 'Saturday (it was Nov 21, 2026, 11:00'],
    [failed('item.time', 'working time', undefined, Date.UTC(2026, 10, 21, 23, 30)), '(it was Nov 22, 2026, 12:30'],
    [
      failed('signal.occurredAt', 'time of day', ['12:00', '13:00'], Date.UTC(2026, 10, 21, 10)),
      '(it was Nov 21, 2026, 11:00',
    ],
    [failed('stage', 'equals', 'WON', null), 'Won (it was nothing)'],
    [failed('client.email', 'is filled', undefined, null), 'client: E-mail'],
    [failed('signal.occurredAt', 'weekday', ['mon'], '2026-11-30T15:00:00Z'), 'signal: When it happened'],
    [
      verdictInWords(
        { ...verdict, verdict: 'loop', detail: { chain: { origin: { 1: 1 }, entered: [{ item: 1, stage: 2 }] } } },
        facts,
      ),
      'New → Offer sent',
    ],
    [
      verdictInWords({ ...verdict, verdict: 'not-a-person', detail: { employee: 11 } }, facts),
      'Anna Nowak, an employee',
    ],
  ])('%s', (words, part) => expect(words).toContain(part));
});

// What triggers refuse by, read out of their sources: a setting of their own, or something with a sentence.
const folder = new URL('../../triggers/', import.meta.url);
const refusals = triggers.flatMap(({ key, fields }) => {
  const source = readFileSync(new URL(`${key}.ts`, folder), 'utf8');
  const names = [
    ...[...source.matchAll(/matchSome\(\s*'(\w+)'/g), ...source.matchAll(/setting: '(\w+)'/g)].map(
      ([, name = '']) => name,
    ),
    ...[...source.matchAll(/matchIf\([^;]*?,\s*'(\w+)',\s*\{/g)].map(([, name = '']) => name),
    ...(source.includes('matchMoment(') ? ['countsAt'] : []),
    ...(source.includes('matchFirst(') ? ['firstOnly'] : []),
    ...(source.includes('countsAsMail(') ? ['bounce', 'autoReply', 'spam', 'flood', 'ours'] : []),
    'payload',
  ];
  return [...new Set(names)].map((setting) => ({ key, setting, isOwn: Object.hasOwn(fields, setting) }));
});

it.each([
  ['en', 'signal: Sender is verified'],
  ['pl', 'Nadawca jest zweryfikowany'],
  ['es', 'El remitente está verificado'],
  ['pt', 'O remetente está verificado'],
  ['it', 'Il mittente è verificato'],
] as const)('whether a sender is verified is called by its name in %s', (language, words) => {
  expect(sayPath('signal.verified', { ...facts, language, signal: 'email.received' })).toContain(words);
});

describe('every refusal', () => {
  it('of the triggers is known here', () => {
    expect(readdirSync(folder).length).toBeGreaterThan(5);
    expect(refusals.length).toBeGreaterThan(triggers.length * 2);
    const beside: readonly string[] = asksBeside;
    expect(refusals.filter(({ setting, isOwn }) => !isOwn && !beside.includes(setting))).toEqual([]);
  });

  it.each(languages)(
    'is said in %s without a name of the code, a moment of the database or an unfilled gap',
    (language) => {
      const values = [
        true,
        'call.ended',
        'visit.started',
        7,
        [1, 2],
        { id: 5 },
        null,
        '2026-11-30T15:00:00.000Z',
        ['responsible'],
      ];
      for (const { key, setting } of refusals)
        for (const got of values) {
          const words = verdictInWords(
            { ...verdict, key, verdict: 'settings', detail: { setting, wanted: got, got } },
            { ...facts, language },
          );
          expect(words).not.toMatch(
            /\{|\}|undefined|\b[a-z]+[A-Z]\w*\b|\b(call|visit|chat|email)\.[a-z]+|\d{4}-\d{2}-\d{2}T/,
          );
        }
    },
  );
});

describe('a run that its condition left out says by which part, in every language', () => {
  const condition = compileCondition({
    all: [{ field: 'title', is: 'is filled' }, { not: { field: 'source', is: 'equals', value: 'WEB' } }],
  });
  const { because } = condition({ item: makeItem({ values: { title: 'Roof', source: 'WEB' } }), workspace, at: 0 });

  it.each(languages)('%s', (language) => {
    const words = evidenceInWords({ ...because }, { ...facts, language });
    expect(words).toContain('Web');
    expect(words).not.toMatch(/WEB|source|equals|undefined|\{/);
    expect(evidenceInWords({ part: because?.part, hidden: true }, { ...facts, language })).not.toContain('(it was Web');
  });

  it('en', () =>
    expect(evidenceInWords({ ...because }, facts)).toBe(
      'the condition is not met, for it rules this out: Source is Web (it was Web)',
    ));
});
