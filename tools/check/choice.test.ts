import { describe, expect, it } from 'vitest';
import { choose } from './choice.ts';

const known = {
  steps: ['lint', 'unit', 'integration', 'e2e'],
  files: ['web/src/board.test.ts', 'server/src/crm/items.integration.test.ts', 'e2e/boards.journey.ts'],
};

describe('npm test -- …', () => {
  it.each([
    { words: [], steps: known.steps, parts: [] },
    { words: ['lint'], steps: ['lint'], parts: [] },
    { words: ['e2e', 'unit'], steps: ['unit', 'e2e'], parts: [] },
    { words: ['board'], steps: ['unit', 'e2e'], parts: ['board'] },
    { words: ['crm/items', 'web/'], steps: ['unit', 'integration'], parts: ['crm/items', 'web/'] },
    { words: ['e2e', 'board'], steps: ['e2e'], parts: ['board'] },
  ])('$words runs $steps', ({ words, steps, parts }) => {
    expect(choose(words, known)).toEqual({ steps, parts });
  });

  it('refuses a word that means nothing, and lists the steps', () => {
    expect(() => choose(['unit', 'bord'], known)).toThrow(
      '“bord” is neither a step (lint, unit, integration, e2e) nor a part of the path of a test file',
    );
  });

  it('refuses a part that the steps named beside it do not have', () => {
    expect(() => choose(['unit', 'crm'], known)).toThrow('no test file of unit has crm in its path');
  });
});
