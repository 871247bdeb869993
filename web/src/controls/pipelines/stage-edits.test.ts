import { describe, expect, test } from 'vitest';
import { applyEdits, type DraftStage, draftOf, mayRemove, newStage, stepOf, toBody } from './stage-edits.ts';

const stage = (code: string, kind: DraftStage['kind'] = 'open') => ({
  id: 1,
  code,
  name: code,
  kind,
  color: '#228be6',
});
const base = draftOf([stage('A'), stage('B'), stage('C'), stage('WON', 'won'), stage('LOST', 'lost')]);
const keys = (stages: readonly DraftStage[]) => stages.map(({ key }) => key).join(' ');

describe('the stages while they are edited', () => {
  test('keep their codes when they are renamed', () => {
    const edits = [{ do: 'change', key: 'B', to: { name: 'Best' } }] as const;
    expect(toBody(base, edits).stages[1]).toMatchObject({ code: 'B', name: 'Best' });
  });

  test('stand with won and lost last, wherever they are put (semantics.md 3.4)', () => {
    expect(keys(applyEdits(base, [{ do: 'move', key: 'A', before: null }]))).toBe('B C A WON LOST');
    expect(keys(applyEdits(base, [{ do: 'move', key: 'LOST', before: 'A' }]))).toBe('A B C LOST WON');
    expect(keys(applyEdits(base, [{ do: 'change', key: 'A', to: { kind: 'won' } }]))).toBe('B C A WON LOST');
  });

  test('step to the left and right among their kind, and no further', () => {
    const left = stepOf(base, 'B', -1);
    const right = stepOf(base, 'B', 1);
    expect(left && keys(applyEdits(base, [left]))).toBe('B A C WON LOST');
    expect(right && keys(applyEdits(base, [right]))).toBe('A C B WON LOST');
    expect(stepOf(base, 'A', -1)).toBeNull();
    expect(stepOf(base, 'C', 1)).toBeNull();
    expect(stepOf(base, 'LOST', 1)).toBeNull();
  });

  test('new ones go without a code, which the server makes of the name', () => {
    const added = newStage(base, 'Talks');
    const { stages } = toBody(base, [{ do: 'add', stage: added, before: 'C' }]);
    expect(stages[2]).toEqual({ name: 'Talks', kind: 'open', color: '#15aabf' });
  });

  test('items of a removed stage follow when the one they were to go to is removed too', () => {
    const { left, stages } = toBody(base, [
      { do: 'remove', key: 'A', moveTo: 'B', automation: 'move' },
      { do: 'remove', key: 'B', moveTo: 'C', automation: 'delete' },
    ]);
    expect(stages.map(({ code }) => code)).toEqual(['C', 'WON', 'LOST']);
    expect(left).toEqual({ A: { moveTo: 'C', automation: 'move' }, B: { moveTo: 'C', automation: 'delete' } });
  });

  test('edits of a stage that somebody else has deleted change nothing', () => {
    const theirs = base.filter(({ key }) => key !== 'B');
    const edits = [
      { do: 'change', key: 'B', to: { name: 'Best' } },
      { do: 'move', key: 'B', before: 'A' },
      { do: 'remove', key: 'B', moveTo: 'C', automation: 'delete' },
      { do: 'change', key: 'C', to: { name: 'Mine' } },
    ] as const;
    expect(toBody(theirs, edits)).toMatchObject({ stages: [{ code: 'A' }, { name: 'Mine' }, {}, {}], left: {} });
  });

  test('the last open one stays', () => {
    const [first] = base;
    expect(first && mayRemove(base, first)).toBe(true);
    expect(first && mayRemove([first, ...base.slice(3)], first)).toBe(false);
  });
});
