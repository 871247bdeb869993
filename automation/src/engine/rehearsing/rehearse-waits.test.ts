import { describe, expect, it } from 'vitest';
import { makeBoard, makeItem, makeSignal, workspace } from '../../testing.ts';
import { createRehearsal, type Recorded } from './rehearse.ts';

const HOUR_MS = 3_600_000;
const entered = Date.UTC(2026, 10, 21, 10);
const rule = (id: string, key: string, settings: object, more: object = {}) => ({
  ...{ id, do: key, stage: 'NEW', settings, ...more },
});
const after = { order: 'after previous' };
const enough = { field: 'seats', is: 'at least', value: 5 };
const until = (settings: object = {}, more: object = {}) =>
  rule('wait', 'flow/wait', { until: 'condition', condition: enough, deadline: '2 hours', ...settings }, more);
const note = (id: string, more: object = after) => rule(id, 'alerts/comment', { text: 'x' }, more);

const item = (seats: number) => makeItem({ values: { seats } });
const enters: Recorded = { is: 'entered', at: entered, item: item(1), from: null, byRule: false };
const changes = (seats: number, hours: number): Recorded => ({
  ...{ is: 'judged', at: entered + hours * HOUR_MS, item: item(seats), byRule: false, moved: null },
  signal: makeSignal('item.changed', { changes: [], by: null }),
});
const leaves = (hours: number): Recorded => ({
  ...{ is: 'entered', at: entered + hours * HOUR_MS, byRule: false, from: { pipelineId: 7, stageId: 1 } },
  item: { ...item(1), stageId: 2 },
});

function begun(rules: readonly object[], recorded: readonly Recorded[]) {
  const rehearsal = createRehearsal({ board: makeBoard({ rules }), workspace });
  rehearsal.take([enters, ...recorded]);
  return Object.keys(rehearsal.result().rules).toSorted();
}

describe('a wait in a rehearsal', () => {
  const chain = [until({ atDeadline: 'stop' }), note('behind'), note('last'), note('beside', {})];

  it.each([
    ['what is behind it begins when the recorded item has become so', [changes(5, 1)], true],
    ['and not when it never does', [changes(2, 1)], false],
    ['nor after the deadline', [changes(2, 1), changes(5, 3)], false],
    ['nor when the item has left', [leaves(1)], false],
  ])('%s', (_what, recorded, isBehind) => {
    expect(begun(chain, recorded)).toEqual(isBehind ? ['behind', 'beside', 'last', 'wait'] : ['beside', 'wait']);
  });

  it('that goes on at its deadline does so with nothing recorded', () => {
    expect(begun([until(), note('behind')], [])).toEqual(['behind', 'wait']);
  });

  it('that is true at once, or left out by its own condition, holds nothing back', () => {
    const always = { field: 'seats', is: 'at least', value: 1 };
    expect(begun([until({ condition: always, atDeadline: 'stop' }), note('behind')], [])).toEqual(['behind', 'wait']);
    expect(begun([until({ atDeadline: 'stop' }, { when: enough }), note('behind')], [])).toEqual(['behind']);
  });

  it('until a moment lets go at that moment, and not if the item has left before', () => {
    const pause = rule('wait', 'flow/wait', {}, { time: { after: '2 hours' } });
    expect(begun([pause, note('behind')], [leaves(3)])).toEqual(['behind', 'wait']);
    expect(begun([pause, note('behind')], [leaves(1)])).toEqual(['wait']);
  });

  it('behind another wait begins when that one has ended', () => {
    const second = {
      ...until({ condition: { field: 'seats', is: 'at least', value: 9 }, atDeadline: 'stop' }, after),
      id: 'second',
    };
    const rules = [until({ atDeadline: 'stop' }), second, note('behind')];
    expect(begun(rules, [changes(5, 1)])).toEqual(['second', 'wait']);
    expect(begun(rules, [changes(5, 1), changes(9, 2)])).toEqual(['behind', 'second', 'wait']);
  });
});
