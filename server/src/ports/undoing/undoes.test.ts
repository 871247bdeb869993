import { deedNames } from '@signalbox/automation/kit/definitions/deeds.ts';
import { expect, it } from 'vitest';
import { undoes } from './undoes.ts';

it('whatever a rule may leave behind can be taken back, or says why not', () => {
  expect(Object.keys(undoes).toSorted()).toEqual(Object.keys(deedNames.en).toSorted());
});
