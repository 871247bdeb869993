import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConditionFacts } from '../conditions/condition.ts';
import { evaluateCondition } from '../conditions/conditions.ts';
import type { Operator } from '../conditions/operators.ts';
import { fieldKindOf } from '../field-kinds/index.ts';
import { onceEach } from './spellings.ts';
import type { FieldKind, FieldSpec, Scalar } from './values.ts';

const workspace = { timeZone: 'Europe/Warsaw', currency: 'PLN', rates: {}, language: 'pl', calendar: null };
const nobody = { client: null, contact: null, company: null, responsible: null, creator: null, tied: {} };

function factsOf(kind: FieldKind, value: unknown): ConditionFacts {
  const spec: FieldSpec = { code: 'own', kind, name: 'Own', custom: true };
  const values = { own: typeof value === 'string' ? value : null };
  const item = { id: 1, type: 'deal', pipelineId: 1, stageId: 1, values, fields: [spec], ...nobody };
  return { item, workspace, at: 0 };
}

const ask = (kind: FieldKind, got: string, is: Operator, value: unknown, matchCase = false) =>
  evaluateCondition({ field: 'own', is, value, matchCase }, factsOf(kind, got)).holds;

/** Each line: spellings of one value. */
const same: readonly (readonly [FieldKind, readonly string[]])[] = [
  ['text', ['Zażółć', 'Zaz\u0307o\u0301łc\u0301', ' Zażółć\u00a0', 'ZAŻÓŁĆ', 'Za\u00adżółć\u200b']],
  ['text', ['Jan Nowak', 'Jan\u00a0Nowak', 'Jan  Nowak ', 'jan\u2009nowak', '\ufeffJan\tNowak\r\n']],
  ['text', ['ΟΔΟΣ', 'οδος', 'οδοσ']],
  ['address', ['Łódź, ul. Główna 5', 'Ło\u0301dz\u0301,  ul.\u202fGło\u0301wna 5']],
  [
    'phone',
    [
      '+48600100200',
      '+48 600-100-200',
      '0048 600 100 200',
      '600 100 200',
      '(600) 100.200',
      '48600100200',
      '+48 (0) 600 100 200',
      'tel:+48600100200',
      '600\u00a0100\u00a0200',
    ],
  ],
  ['phone', ['+49 30 123456', '0049 (30) 123456', '+49 (0)30 123456', '+4930123456']],
  ['phone', ['+48600100200;ext=12', '600 100 200 ext. 12', '+48 600 100 200 x12']],
  [
    'email',
    [
      'anna@müller.test',
      'Anna@MÜLLER.test',
      'anna@xn--mller-kva.test',
      'anna@mu\u0308ller.test.',
      'Anna M <anna@müller.test>',
      'mailto:anna@müller.test',
    ],
  ],
  ['email', ['jos\u00e9@firma.example', 'jose\u0301@firma.example.', 'JOSÉ@FIRMA.EXAMPLE']],
  [
    'link',
    [
      'https://müller.test/größe',
      'https://xn--mller-kva.test/gr%C3%B6%c3%9Fe',
      'HTTPS://Müller.test:443/gro\u0308ße',
      'https://müller.test./größ%65',
    ],
  ],
  ['link', ['https://shop.example', 'https://shop.example/', 'https://SHOP.example:443/?', 'https://shop.example/#']],
  ['link', ['https://shop.example/a%20b?q=%22x%22', 'https://shop.example/a b?q="x"']],
];
const other: Readonly<Partial<Record<FieldKind, string>>> = {
  text: 'someone else',
  address: 'elsewhere',
  phone: '+48 600 100 201',
  email: 'anna@mueller.test',
  link: 'https://shop.example/b',
};

describe('conditions say the same for every spelling of one value', () => {
  const cases = same.flatMap(([kind, spellings]) => spellings.map((got) => [kind, got, spellings] as const));

  it.each(cases)('%s %j', (kind, got, spellings) => {
    for (const wanted of spellings) {
      expect(ask(kind, got, 'equals', wanted), wanted).toBe(true);
      expect(ask(kind, got, 'not equals', wanted), wanted).toBe(false);
      expect(ask(kind, got, 'in', ['x', wanted]), wanted).toBe(true);
    }
    expect(ask(kind, got, 'equals', other[kind])).toBe(false);
    expect(ask(kind, got, 'in', [other[kind]])).toBe(false);
  });

  it('whatever is asked', () => {
    const asked = fc.constantFrom<Operator>('equals', 'in', 'not in', 'contains', 'does not contain', 'starts with');
    const line = fc.constantFrom(...same).chain(([kind, spellings]) =>
      fc.record({
        kind: fc.constant(kind),
        one: fc.constantFrom(...spellings),
        two: fc.constantFrom(...spellings),
        wanted: fc.oneof(
          fc.constantFrom(...same.flatMap(([, all]) => all)),
          fc
            .tuple(fc.constantFrom(...spellings), fc.nat(12), fc.nat(12))
            .map(([text, from, size]) => text.slice(from, from + size)),
        ),
        is: asked,
      }),
    );
    fc.assert(
      fc.property(line, ({ kind, one, two, wanted, is }) => {
        expect(ask(kind, two, is, wanted)).toBe(ask(kind, one, is, wanted));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a piece of a value', () => {
  it.each<[FieldKind, string, Operator, string, boolean]>([
    ['phone', '+48600100200', 'contains', '600 100', true],
    ['phone', '600 100 200', 'starts with', '+48 600', true],
    ['phone', '600 100 200', 'starts with', '0048', true],
    ['phone', '+49 30 123456', 'starts with', '030', true],
    ['phone', '+49 30 123456', 'starts with', '+48', false],
    ['email', 'anna@xn--mller-kva.test', 'contains', '@MÜLLER', true],
    ['email', 'anna@müller.test', 'contains', 'xn--mller-kva.test', true],
    ['email', 'anna@müller.test', 'contains', 'mueller', false],
    ['link', 'https://shop.example/gr%C3%B6%C3%9Fe', 'contains', '/Größe', true],
    ['link', 'https://xn--mller-kva.test/', 'starts with', 'https://müller', true],
    ['link', 'https://shop.example/a%2Fb', 'contains', 'a/b', false],
    ['text', 'Zaz\u0307o\u0301łc\u0301 x', 'starts with', 'zażółć', true],
    ['text', 'two\u00a0words', 'contains', 'two words', true],
    ['text', 'two\u00a0words', 'contains', 'twowords', false],
    ['text', 'Zaz\u0307o\u0301łc\u0301', 'matches', '^zażó.ć$', true],
    ['phone', '0048 600 100 200', 'matches', '^\\+48600', true],
  ])('%s %j %s %j: %s', (kind, got, is, wanted, holds) => {
    expect(ask(kind, got, is, wanted)).toBe(holds);
  });

  it('keeps its case where case counts', () => {
    expect(ask('text', 'Zaz\u0307o\u0301łc\u0301', 'equals', 'Zażółć', true)).toBe(true);
    expect(ask('text', 'Zażółć', 'equals', 'zażółć', true)).toBe(false);
    expect(ask('link', 'https://Shop.example/A', 'equals', 'https://shop.example/A', true)).toBe(true);
    expect(ask('link', 'https://shop.example/A', 'equals', 'https://shop.example/a', true)).toBe(false);
  });
});

describe('a list holds each value once, as it came first', () => {
  it.each<[FieldKind, readonly Scalar[], readonly Scalar[]]>([
    ['phone', ['601100200', '601 100 200', '+48 601-100-200', '601100201'], ['601100200', '601100201']],
    ['phone', ['601100200', '601100200;ext=5', '601 100 200 ext. 5'], ['601100200', '601100200;ext=5']],
    ['phone', ['ask for 112', 'Ask for 112', '112', '1 12'], ['ask for 112', 'Ask for 112', '112']],
    ['email', ['y@x.test', 'Y@x.test', 'y@X.test', 'z@x.test'], ['y@x.test', 'z@x.test']],
    ['email', ['no address', 'No address'], ['no address', 'No address']],
    [
      'link',
      ['https://youtu.be/dQw4', 'https://youtu.be/DQW4', 'HTTPS://YouTu.be/dQw4', 'youtu.be/dQw4'],
      ['https://youtu.be/dQw4', 'https://youtu.be/DQW4'],
    ],
    [
      'link',
      ['https://a.test/?q=A#B', 'https://a.test/?q=a#B', 'https://a.test/?q=A#b', 'https://A.test:443/?q=%41#B'],
      ['https://a.test/?q=A#B', 'https://a.test/?q=a#B', 'https://a.test/?q=A#b'],
    ],
    ['link', ['http://a.test/', 'https://a.test', 'http://Anna@a.test', 'http://anna@a.test'], []],
    ['link', ['not a link', 'Not a link', '', 'https://', 'https://'], ['not a link', 'Not a link', '', 'https://']],
    ['text', ['a', 'A', 'a'], ['a', 'A']],
    ['text', ['5', 5, 5], ['5', 5]],
    [
      'money',
      [
        { amount: '5', currency: 'EUR' },
        { amount: '5.00', currency: 'EUR' },
        { amount: '5', currency: 'PLN' },
      ],
      [
        { amount: '5', currency: 'EUR' },
        { amount: '5', currency: 'PLN' },
      ],
    ],
  ])('%s %j', (kind, given, kept) => {
    // An empty line: none of them is another.
    expect(onceEach(given, { kind, country: 'PL' })).toEqual(kept.length === 0 ? given : kept);
  });

  it('and numbers without the code of a country are one only where that is known', () => {
    const given = ['601100200', '+48601100200'];
    expect(onceEach(given, { kind: 'phone', country: 'PL' })).toEqual(['601100200']);
    expect(onceEach(given, { kind: 'phone', country: undefined })).toEqual(given);
  });
});

describe('free data is read by its looks', () => {
  const signalled = (kind: string, payload: unknown): ConditionFacts => ({
    ...factsOf('text', null),
    signal: { id: 1, kind, occurredAt: 0, payload, chain: null, person: true },
  });
  it.each([
    ['call.started', 'number', '22 123 45 67', '+48 22 123 45 67', true],
    ['call.started', 'lineNumber', '+48221234567', '22 1234567', true],
    ['email.clicked', 'url', 'https://m%C3%BCller.test', 'https://müller.test/', false],
    ['email.clicked', 'url', 'https://xn--mller-kva.test', 'https://müller.test/', true],
    ['email.received', 'from', 'Anna@müller.test', 'anna@xn--mller-kva.test', true],
    ['webhook.received', 'code', '+48600100200', '0048 600 100 200', true],
    ['webhook.received', 'code', '12-34', '1234', false],
    ['webhook.received', 'code', 'Zaz\u0307o\u0301łc\u0301', 'zażółć', true],
  ])('%s %s %j and %j', (kind, name, got, wanted, holds) => {
    const facts = signalled(kind, { [name]: got });
    expect(evaluateCondition({ field: `signal.${name}`, is: 'equals', value: wanted }, facts).holds).toBe(holds);
  });
});

it('an international address is one for every field of addresses', () => {
  for (const address of [
    'anna@müller.test',
    'josé@firma.example',
    'info@почта.рф',
    'a@xn--80a1acny.xn--p1ai',
    "o'neil+x@a.co",
  ])
    expect(fieldKindOf.email.keeps(address, { code: 'e', kind: 'email', name: 'E', custom: true }), address).toBe(true);
  for (const address of [
    'anna',
    'anna@',
    '@a.test',
    'a@b',
    'a..b@c.test',
    'a@-b.test',
    'a b@c.test',
    'a@b@c.test',
    'a@b.test\n',
  ])
    expect(fieldKindOf.email.keeps(address, { code: 'e', kind: 'email', name: 'E', custom: true }), address).toBe(
      false,
    );
});
