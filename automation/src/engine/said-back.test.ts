import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, ConditionPart } from '../kit/conditions/condition.ts';
import { compileCondition, evaluateCondition, partsOf } from '../kit/conditions/conditions.ts';
import { type Language, languages } from '../kit/words/languages.ts';
import { fields, makeBoard, makeItem, makeSignal, stages, workspace } from '../testing.ts';
import { decide } from './decide.ts';
import { type SayingFacts, verdictInWords } from './verdict-words.ts';

type Values = Readonly<
  Record<string, string | number | boolean | readonly string[] | null | { amount: string; currency: string }>
>;

const board = (when: Condition) =>
  makeBoard({ triggers: [{ id: 't', on: 'apps/webhook', stage: 'WARM', settings: { code: 'go' }, when }] });
const factsOf = (values: Values) => ({ item: makeItem({ values }), workspace, at: Date.UTC(2026, 10, 21, 10) });
function verdictOf(when: Condition, values: Values) {
  const signal = makeSignal('webhook.called', { code: 'go' });
  const [verdict] = decide({ signal, ...factsOf(values), board: board(when), now: 0 }).verdicts;
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}
const facts = (language: Language): SayingFacts => ({
  ...{ language, timeZone: 'Europe/Warsaw', fields, stages },
  person: () => undefined,
});
const said = (when: Condition, values: Values) => verdictInWords(verdictOf(when, values), facts('en'));

const amount = (is: ConditionPart['is'], value: unknown): ConditionPart => ({ field: 'amount', is, value });
const worth = (text: string, currency = 'PLN') => ({ amount: { amount: text, currency } });
const big = amount('at least', 1_000);
const titled: ConditionPart = { field: 'title', is: 'equals', value: 'Doors' };

describe('the reason of a condition', () => {
  it.each<[string, Condition, Values, string]>([
    ['a part', big, worth('5'), 'for this is not so: Amount is at least 1,000 (it was 5 PLN)'],
    ['not a part', { not: big }, worth('5000'), 'for it rules this out: Amount is at least 1,000 (it was 5,000 PLN)'],
    [
      'not any',
      { not: { any: [titled, big] } },
      worth('5000'),
      'for it rules this out: Amount is at least 1,000 (it was 5,000 PLN)',
    ],
    [
      'not all',
      { not: { all: [big, { field: 'title', is: 'equals', value: 'Windows' }] } },
      worth('5000'),
      'for it rules this out: Amount is at least 1,000',
    ],
    ['not not', { not: { not: big } }, worth('5'), 'for this is not so: Amount is at least 1,000 (it was 5 PLN)'],
    ['not all of not', { not: { all: [{ not: big }] } }, worth('5'), 'for this is not so: Amount is at least 1,000'],
    [
      'not equals',
      { not: amount('not equals', 7) },
      worth('5'),
      'for it rules this out: Amount is not 7 (it was 5 PLN)',
    ],
    [
      'no rate',
      { not: { ...big, value: '1000 PLN' } },
      worth('5', 'USD'),
      "can't be told: Amount is at least 1000 PLN (it was 5 USD). There is no exchange rate for USD",
    ],
  ])('%s', (_, when, values, words) => {
    expect(said(when, values)).toContain(words);
  });

  it('of a group without parts names none, and nothing is left unfilled', () => {
    for (const language of languages)
      expect(verdictInWords(verdictOf({ not: { all: [] } }, {}), facts(language))).not.toMatch(/[{}]|undefined/);
  });
});

const leaf: fc.Arbitrary<ConditionPart> = fc.oneof(
  fc
    .record({ is: fc.constantFrom('at least', 'less', 'equals', 'not equals'), value: fc.constantFrom(0, 5, 1_000) })
    .map(({ is, value }) => ({ field: 'seats', is, value })),
  fc
    .record({ is: fc.constantFrom('at least', 'less'), value: fc.constantFrom('500 PLN', '500 EUR', '500 USD') })
    .map(({ is, value }) => ({ field: 'amount', is, value })),
  fc.constantFrom('WEB', 'Call').map((value) => ({ field: 'source', is: 'equals' as const, value })),
  fc.constantFrom('a', 'b').map((value) => ({ field: 'tags', is: 'does not contain' as const, value })),
  fc.constantFrom('is empty', 'is filled').map((is) => ({ field: 'chatId', is })),
  fc.constantFrom(true, false).map((value) => ({ field: 'vip', is: 'equals' as const, value })),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('condition').map((not) => ({ not })),
  ),
}));
const values: fc.Arbitrary<Values> = fc.record({
  seats: fc.constantFrom(null, 0, 5, 7, 1_000),
  amount: fc.constantFrom(
    null,
    { amount: '100', currency: 'PLN' },
    { amount: '500', currency: 'EUR' },
    { amount: '9', currency: 'USD' },
  ),
  source: fc.constantFrom(null, 'WEB', 'CALL'),
  tags: fc.constantFrom([], ['a'], ['a', 'b']),
  chatId: fc.constantFrom(null, 'c7'),
  vip: fc.constantFrom(null, true, false),
});

describe('every reason', () => {
  it('is true when it is said back to the evaluator', () => {
    fc.assert(
      fc.property(condition, values, (when, given) => {
        const facts = factsOf(given);
        if (evaluateCondition(when, facts).holds) return;
        const sentence = said(when, given);
        // What can be said truly of each part as it stands alone: that it holds and is ruled out, does not hold, or can't be told.
        const sayings = partsOf(when).map((part) =>
          compileCondition(part)(facts).holds ? said({ not: part }, given) : said(part, given),
        );
        expect(sayings).toContain(sentence);
      }),
      { numRuns: 500 },
    );
  });
});
