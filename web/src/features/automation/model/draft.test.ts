import { describe, expect, it } from 'vitest';
import { cardsIn, type Draft, type Edit, edit, isDirty, openDraft } from './draft.ts';
import { fileOf } from './file.ts';
import type { BoardFile } from './file-shape.ts';

const file: BoardFile = {
  type: 'deal',
  pipeline: 'Sales',
  stages: [
    { code: 'NEW', name: 'New', kind: 'open' },
    { code: 'WARM', name: 'Interested', kind: 'open' },
  ],
  triggers: [
    { id: 't1', on: 'email/opened', stage: 'WARM', settings: { firstOnly: true } },
    { id: 't2', on: 'email/received', stage: 'WARM', allowBack: true },
  ],
  rules: [{ id: 'r1', do: 'alerts/notify', stage: 'WARM', time: { after: '1 day' }, settings: { text: 'hi' } }],
};

const after = (...edits: readonly Edit[]): Draft => edits.reduce(edit, openDraft(file, 1));
const ids = (draft: Draft, stage: string) => cardsIn(draft.cards, stage, 'trigger').map((card) => card.uid);

describe('a draft of a board', () => {
  it('gives back the file it was opened with', () => {
    const draft = after();
    expect(fileOf(draft.file, draft.cards)).toEqual(file);
    expect(isDirty(draft)).toBe(false);
  });

  it('adds a yellow card at the end of its stage', () => {
    const draft = after({ do: 'add', lane: 'trigger', key: 'email/sent', stage: 'WARM', uid: 'x' });
    expect(ids(draft, 'WARM')).toEqual(['t:t1', 't:t2', 'x']);
    expect(draft.cards.at(-1)?.fresh).toBe(true);
    expect(isDirty(draft)).toBe(true);
  });

  it('moves a card with its settings to another stage', () => {
    const draft = after({ do: 'move', uids: ['t:t1'], to: { stage: 'NEW', before: null } });
    expect(fileOf(file, draft.cards).triggers[0]).toEqual({
      id: 't1',
      on: 'email/opened',
      stage: 'NEW',
      settings: { firstOnly: true },
    });
  });

  it('moves a card before another one of its own stage', () => {
    const draft = after({ do: 'move', uids: ['t:t2'], to: { stage: 'WARM', before: 't:t1' } });
    expect(ids(draft, 'WARM')).toEqual(['t:t2', 't:t1']);
  });

  it('leaves a card that is dropped before itself where it is', () => {
    const draft = after({ do: 'move', uids: ['t:t1'], to: { stage: 'WARM', before: 't:t1' } });
    expect(ids(draft, 'WARM')).toEqual(['t:t1', 't:t2']);
    expect(isDirty(draft)).toBe(false);
  });

  it('gives the stages of an imported file back when the import is undone', () => {
    const stages = [{ code: 'NEW', name: 'New', kind: 'open' as const }];
    const imported = after({ do: 'replace', cards: [], stages });
    expect(imported.stages).toEqual(stages);
    expect(edit(imported, { do: 'undo' }).stages).toBeNull();
    expect(edit(edit(imported, { do: 'undo' }), { do: 'redo' }).stages).toEqual(stages);
  });

  it('copies a card with its settings but without its id', () => {
    const draft = after({ do: 'copy', copies: [{ of: 't:t1', uid: 'c' }], to: { stage: 'NEW', before: null } });
    expect(draft.cards.find((card) => card.uid === 'c')).toMatchObject({
      id: null,
      stage: 'NEW',
      settings: { firstOnly: true },
    });
    expect(ids(draft, 'WARM')).toEqual(['t:t1', 't:t2']);
  });

  it('undoes and redoes', () => {
    const removed = after({ do: 'remove', uids: ['t:t1'] });
    expect(ids(edit(removed, { do: 'undo' }), 'WARM')).toEqual(['t:t1', 't:t2']);
    expect(
      ids(
        [{ do: 'undo' }, { do: 'redo' }].reduce<Draft>(
          (draft, step) => edit(draft, step.do === 'undo' ? { do: 'undo' } : { do: 'redo' }),
          removed,
        ),
        'WARM',
      ),
    ).toEqual(['t:t2']);
  });

  it('undoes a card carried by the arrow keys in one step', () => {
    const draft = after(
      { do: 'move', uids: ['t:t1'], to: { stage: 'NEW', before: null }, gesture: 'g' },
      { do: 'move', uids: ['t:t1'], to: { stage: 'WARM', before: null }, gesture: 'g' },
    );
    expect(ids(draft, 'WARM')).toEqual(['t:t2', 't:t1']);
    expect(ids(edit(draft, { do: 'undo' }), 'WARM')).toEqual(['t:t1', 't:t2']);
  });

  it('is clean again when a card is taken away and brought back', () => {
    const draft = after(
      { do: 'move', uids: ['t:t1'], to: { stage: 'NEW', before: null } },
      { do: 'move', uids: ['t:t1'], to: { stage: 'WARM', before: 't:t2' } },
    );
    expect(isDirty(draft)).toBe(false);
  });

  it('does nothing when there is nothing to undo', () => {
    expect(after({ do: 'undo' }, { do: 'redo' }).cards).toEqual(after().cards);
  });
});
