import { describe, expect, it } from 'vitest';
import { cardsOf } from './file.ts';
import type { BoardFile } from './file-shape.ts';
import { importOf } from './imported.ts';
import { differencesTo } from './merge.ts';

const board: BoardFile = {
  type: 'deal',
  pipeline: 'Sales',
  stages: [{ code: 'WARM', name: 'Interested', kind: 'open', color: '#228be6' }],
  triggers: [{ id: 't1', on: 'email/opened', stage: 'WARM' }],
  rules: [{ id: 'tell', do: 'alerts/notify', stage: 'WARM', settings: { text: 'hi' } }],
};
const read = (file: Partial<BoardFile>, errors: Parameters<typeof importOf>[0]['errors'] = []) =>
  importOf({ file: { ...board, ...file }, errors, cards: cardsOf(board), stages: board.stages });

describe('an imported file', () => {
  it('that says what the board says changes nothing', () => {
    const { cards, stages } = read({});
    expect(differencesTo(board, cards)).toEqual([]);
    expect(stages).toBeNull();
  });

  it('is known by stage, kind and name where it has no ids', () => {
    const { cards } = read({
      triggers: [{ on: 'email/opened', stage: 'WARM' }],
      rules: [{ do: 'alerts/notify', stage: 'WARM', settings: { text: 'other' } }],
    });
    expect(differencesTo(board, cards).map(({ id }) => id)).toEqual(['tell']);
  });

  it('adds what is not there, twins too, and takes away what it does not name', () => {
    const trigger = { on: 'email/opened', stage: 'WARM' };
    const { cards } = read({ triggers: [trigger, trigger], rules: [] });
    const found = differencesTo(board, cards);
    expect(found.filter(({ base }) => base === null)).toHaveLength(1);
    expect(found.filter(({ theirs }) => theirs === null).map(({ id }) => id)).toEqual(['tell']);
  });

  it('comes yellow where a save would refuse it', () => {
    const { cards } = read({}, [{ path: 'rules[0].settings.text', code: 'template', message: '' }]);
    expect(cards.map(({ fresh }) => fresh)).toEqual([false, true]);
  });

  it('brings its stages only when they are others', () => {
    const stages = [{ code: 'WARM', name: 'Warm', kind: 'open' as const, color: '#228be6' }];
    expect(read({ stages }).stages).toEqual(stages);
    expect(read({ stages: [] }).stages).toBeNull();
  });
});
