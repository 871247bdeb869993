import { beforeEach, describe, expect, it } from 'vitest';
import { newCard } from './cards.ts';
import { edit, openDraft } from './draft.ts';
import type { BoardFile } from './file-shape.ts';
import { findDraft, keepDraft, type Shelf } from './kept-draft.ts';
import { findPanel, keepPanel } from './kept-panel.ts';

const file: BoardFile = {
  type: 'deal',
  pipeline: 'Sales',
  stages: [],
  triggers: [{ id: 'a', on: 'email/opened', stage: 'NEW' }],
  rules: [],
};
const held = new Map<string, string>();
const shelf: Shelf = {
  getItem: (name) => held.get(name) ?? null,
  setItem: (name, value) => void held.set(name, value),
  removeItem: (name) => void held.delete(name),
};
beforeEach(() => held.clear());

describe('what survives a reload', () => {
  it('keeps a changed draft with the version it began with', () => {
    const draft = edit(openDraft(file, 3), { do: 'enable', uid: 't:a', enabled: false });
    keepDraft(shelf, 'board', draft);
    expect(findDraft(shelf, 'board')).toMatchObject({ version: 3, cards: [{ uid: 't:a', enabled: false }] });
  });

  it('forgets a draft that is as saved', () => {
    held.set('board', '{}');
    keepDraft(shelf, 'board', openDraft(file, 3));
    expect(findDraft(shelf, 'board')).toBeNull();
  });

  it('keeps what was typed for a card that is still there', () => {
    const card = { ...newCard({ lane: 'trigger', key: 'email/opened', stage: 'NEW', uid: 'x' }), name: 'typed' };
    keepPanel(shelf, 'board', card);
    expect(findPanel(shelf, 'board', [card])?.name).toBe('typed');
    expect(findPanel(shelf, 'board', [])).toBeNull();
    keepPanel(shelf, 'board', null);
    expect(findPanel(shelf, 'board', [card])).toBeNull();
  });

  it('finds nothing in a damaged storage', () => {
    held.set('board', '{').set('board.panel', '[]');
    expect([findDraft(shelf, 'board'), findPanel(shelf, 'board', [])]).toEqual([null, null]);
  });
});
