import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBoard, makeItem, makeSignal, stages, workspace } from '../testing.ts';
import type { Chain } from './chain.ts';
import { decide } from './decide.ts';

const now = Date.UTC(2026, 10, 21, 12);
const opened = makeSignal('email.opened', { firstOpen: true }, { person: true });
const loopChain: Chain = { origin: { 1: 3 }, entered: [{ item: 1, stage: 1 }] };

const anyTrigger = fc.record({
  on: fc.constantFrom('email/opened', 'email/sent', 'apps/webhook'),
  stage: fc.constantFrom(...stages.map(({ code }) => code)),
  enabled: fc.boolean(),
  allowBack: fc.boolean(),
  when: fc.constantFrom(
    null,
    { field: 'amount', is: 'at least', value: 500 },
    { field: 'amount', is: 'less', value: 500 },
  ),
});
const anyQuestion = fc.record({
  triggers: fc.array(anyTrigger, { maxLength: 12 }),
  stageId: fc.integer({ min: 1, max: 5 }),
  person: fc.constantFrom(true, false, null),
  chain: fc.constantFrom(null, loopChain),
});

describe('whatever the board (properties)', () => {
  const solve = ({
    triggers,
    stageId,
    person,
    chain,
  }: typeof anyQuestion extends fc.Arbitrary<infer T> ? T : never) => {
    const settled = triggers.map((trigger) =>
      trigger.on === 'apps/webhook' ? { ...trigger, settings: { code: 'x' } } : trigger,
    );
    const board = makeBoard({ triggers: settled });
    const question = {
      signal: deepFreeze({ ...opened, person, chain }),
      item: deepFreeze(makeItem({ stageId })),
      board: Object.freeze({ ...board, triggers: Object.freeze(board.triggers) }),
      ...{ workspace: deepFreeze(workspace), now },
    };
    return { board, stageId, first: decide(question), second: decide(question) };
  };

  it('3.7 gives the same answer to the same question', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const { first, second } = solve(question);
        expect(second).toEqual(first);
      }),
    );
  });

  it('3.7 leaves what it is asked about as it was', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        // Everything that is asked is frozen.
        expect(() => solve(question)).not.toThrow();
      }),
    );
  });

  it('3.3 the winner is the earliest stage of those that would have moved the item alone', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const alone = question.triggers.filter(
          (trigger) => solve({ ...question, triggers: [trigger] }).first.move !== null,
        );
        const places = alone.map(({ stage }) => stages.findIndex(({ code }) => code === stage));
        const { move } = solve(question).first;
        const place = stages.findIndex(({ id }) => id === move?.stageId);
        expect(place).toBe(places.length === 0 ? -1 : Math.min(...places));
      }),
    );
  });

  it('3.3 moves at most once, to the earliest stage that says moves, and never into the current one (3.5)', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const { board, stageId, first } = solve(question);
        const movers = first.verdicts.filter(({ verdict }) => verdict === 'moves');
        const order = first.verdicts.map(({ stage }) => board.stages.findIndex(({ code }) => code === stage));
        expect(movers.length).toBe(first.move === null ? 0 : 1);
        expect(first.move?.trigger).toBe(movers[0]?.trigger);
        expect(first.move?.stageId).not.toBe(stageId);
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }),
    );
  });

  it('3.2 says outrun behind the mover and nowhere else', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const verdicts = solve(question).first.verdicts.map(({ verdict }) => verdict);
        const mover = verdicts.indexOf('moves');
        const behind = verdicts.map((_verdict, index) => mover !== -1 && index > mover);
        expect(verdicts.map((verdict) => verdict === 'outrun')).toEqual(behind);
      }),
    );
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
