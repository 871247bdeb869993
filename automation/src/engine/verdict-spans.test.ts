import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ratesUsed } from '../kit/conditions/rates-used.ts';
import { makeBoard, makeItem, makeSignal, stages, workspace } from '../testing.ts';
import { extendChain } from './chain.ts';
import { compact } from './compact.ts';
import { decide, decideInSpans, type Question, type Verdict } from './decide.ts';
import type { OwnWords } from './hearers.ts';
import { fromKeptVerdicts, type KeptVerdict, toKeptVerdicts } from './verdict-spans.ts';

const now = Date.UTC(2026, 10, 21, 12);
const codes = ['go', 'stop', 'wait', ''];

const anyTrigger = fc.record({
  on: fc.constantFrom('apps/webhook', 'apps/webhook', 'apps/app'),
  stage: fc.constantFrom(...stages.map(({ code }) => code)),
  enabled: fc.constantFrom(true, true, true, false),
  allowBack: fc.boolean(),
  settings: fc.record({ code: fc.constantFrom<string>('go', 'stop', 'wait') }),
  when: fc.constantFrom<unknown>(
    null,
    { field: 'amount', is: 'at least', value: 500 },
    { field: 'amount', is: 'at least', value: 500 },
    { field: 'amount', is: 'less', value: 500 },
    { all: [{ field: 'title', is: 'is filled' }, { any: [{ field: 'amount', is: 'less', value: 1 }] }] },
    { not: { field: 'title', is: 'is filled' } },
    { not: { all: [] } },
    { field: 'title', is: 'contains', value: 'x'.repeat(300) },
  ),
});
const anyQuestion = fc.record({
  triggers: fc.array(anyTrigger, { maxLength: 40 }),
  stageId: fc.integer({ min: 1, max: 5 }),
  amount: fc.constantFrom('100', '900'),
  payload: fc.oneof(
    fc.constantFrom(...codes).map((code) => ({ code })),
    fc.constantFrom<unknown>({}, null, [], 'text'),
  ),
  looped: fc.boolean(),
});
type Given = typeof anyQuestion extends fc.Arbitrary<infer T> ? T : never;

function questionOf({ triggers, stageId, amount, payload, looped }: Given): Question {
  const chain = looped ? { origin: { 1: 3 }, entered: [{ item: 1, stage: 1 }] } : null;
  return {
    signal: { ...makeSignal('webhook.called', {}), payload, chain },
    item: makeItem({ stageId, values: { title: 'Roof', amount: { amount, currency: 'EUR' } } }),
    board: makeBoard({ triggers }),
    ...{ workspace, now },
  };
}

/** Trigger by trigger, as semantics.md 3.2 says it and without anything shared. */
function plainly({ signal, item, board }: Question): Verdict[] {
  let moved = false;
  return (board.triggersByKind.get(signal.kind) ?? []).map((trigger) => {
    const { id, key, name, stage } = trigger;
    const answer = (verdict: Verdict['verdict'], detail: Verdict['detail'] = null): Verdict => ({
      ...{ trigger: id, key, name, stage, verdict, detail },
    });
    if (moved) return answer('outrun');
    if (trigger.stageId === item.stageId) return answer('already-here');
    if (trigger.stageOrder < (board.stageOrder.get(item.stageId) ?? -1) && !trigger.allowBack)
      return answer('would-move-back', { from: item.stageId, to: trigger.stageId });
    const match = trigger.listener.matches({ signal, item, workspace });
    if (match !== true) return answer('settings', compact(match));
    const facts = { item, signal, workspace, at: signal.occurredAt };
    const rates = trigger.when === null ? [] : ratesUsed(trigger.when, facts);
    const converted = rates.length === 0 ? null : { rates };
    const condition = trigger.condition?.(facts);
    if (condition !== undefined && !condition.holds)
      return answer('condition', compact({ ...condition.because, ...converted }));
    const link = extendChain(signal.chain, { item: item.id, from: item.stageId, to: trigger.stageId });
    if ('loop' in link) return answer('loop', { chain: link.loop });
    moved = true;
    return answer('moves', converted);
  });
}

/** As they come back from a JSON column, with nothing at hand but what was kept of the triggers. */
function storedAndRead(question: Question): Pick<Verdict, 'trigger' | 'verdict' | 'detail'>[] {
  const { hearers, spans } = decideInSpans(question);
  const book: OwnWords[] = JSON.parse(JSON.stringify(hearers.all.map(({ own }) => own)));
  const kept: KeptVerdict[] = JSON.parse(JSON.stringify(toKeptVerdicts(spans)));
  return fromKeptVerdicts(kept, book);
}

describe('verdicts in spans', () => {
  it('3.2 are those of judging trigger by trigger, whatever the board, the item and the signal', () => {
    fc.assert(
      fc.property(anyQuestion, (given) => {
        const question = questionOf(given);
        expect(decide(question).verdicts).toEqual(plainly(question));
      }),
      { numRuns: 300 },
    );
  });

  it('3.8 come back from where they are kept as they were', () => {
    fc.assert(
      fc.property(anyQuestion, (given) => {
        const question = questionOf(given);
        const plain = plainly(question).map(({ trigger, verdict, detail }) => ({ trigger, verdict, detail }));
        expect(storedAndRead(question)).toEqual(JSON.parse(JSON.stringify(plain)));
      }),
      { numRuns: 300 },
    );
  });

  const many = (more: (index: number) => object) =>
    questionOf({
      triggers: Array.from({ length: 1_000 }, (_, index) => ({
        ...{ on: 'apps/webhook', stage: 'WARM', enabled: true, allowBack: false, when: null },
        ...{ settings: { code: `code ${index}` }, ...more(index) },
      })),
      ...{ stageId: 1, amount: '900', payload: { code: 'code 500' }, looped: false },
    });

  it('of a thousand triggers with codes of their own are three, and none of the others is asked', () => {
    const question = many(() => ({}));
    let asked = 0;
    for (const { listener } of question.board.triggers) {
      const { matches } = listener;
      Object.assign(listener, {
        matches: (heard: Parameters<typeof matches>[0]) => {
          asked += 1;
          return matches(heard);
        },
      });
    }
    expect(decideInSpans(question).spans.map(({ from, to, verdict }) => [from, to, verdict])).toEqual([
      [0, 499, 'settings'],
      [500, 500, 'moves'],
      [501, 999, 'outrun'],
    ]);
    expect(asked).toBe(1);
  });

  it('of a thousand conditions that differ in a value are one, with what came said once', () => {
    const question = many((index) => ({
      ...{ settings: { code: 'code 500' }, when: { field: 'title', is: 'contains', value: `roof ${index}` } },
    }));
    const { spans } = decideInSpans(question);
    expect(spans).toHaveLength(1);
    expect(decide(question).verdicts[7]?.detail).toMatchObject({ part: { value: 'roof 7' }, got: 'Roof' });
  });

  it('3.8 are kept once for all that they hold for, though others stand between them', () => {
    const question = many((index) => ({
      settings: { code: 'code 500' },
      when: { field: index % 2 === 0 ? 'title' : 'amount', is: 'is empty' },
    }));
    const { spans } = decideInSpans(question);
    expect(spans).toHaveLength(1_000);
    const kept = toKeptVerdicts(spans);
    expect(kept).toMatchObject([
      [expect.anything(), 'condition', { got: 'Roof' }, 'part'],
      [expect.anything(), 'condition', { got: { amount: '900' } }, 'part'],
    ]);
    expect(JSON.stringify(kept).length).toBeLessThan(10_000);
  });
});
