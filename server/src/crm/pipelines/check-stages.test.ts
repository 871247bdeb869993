import { expect, it } from 'vitest';
import { checkStages } from './check-stages.ts';

const stage = (code: string, kind: 'open' | 'won' | 'lost' = 'open') => ({ code, name: code, kind });

it('takes open stages, then won and lost ones', () => {
  expect(() => checkStages([stage('A'), stage('B'), stage('WON', 'won'), stage('LOST', 'lost')])).not.toThrow();
});

it.each([
  ['a code twice', [stage('A'), stage('A')], 'stages[1].code'],
  ['a won stage before an open one', [stage('WON', 'won'), stage('A')], 'stages[0].kind'],
  ['no open stage', [stage('WON', 'won')], 'at least one open stage'],
])('refuses %s', (_, stages, words) => {
  expect(() => checkStages(stages)).toThrow(words);
});
