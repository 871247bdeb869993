import { describe, expect, it } from 'vitest';
import type { Card } from './cards.ts';
import { cardsOf, fileOf } from './file.ts';
import type { BoardFile, FileTrigger } from './file-shape.ts';
import { differences, merge } from './merge.ts';

const board = (...triggers: readonly FileTrigger[]): BoardFile => ({
  type: 'deal',
  pipeline: 'Sales',
  stages: [{ code: 'NEW', name: 'New', kind: 'open' }],
  triggers,
  rules: [],
});
const opened: FileTrigger = { id: 'a', on: 'email/opened', stage: 'NEW' };
const received: FileTrigger = { id: 'b', on: 'email/received', stage: 'NEW' };
const named = (entry: FileTrigger, name: string): FileTrigger => ({ ...entry, name });
const base = board(opened, received);
const mineOf = (file: BoardFile): readonly Card[] => cardsOf(file);
const names = (cards: readonly Card[]) => fileOf(base, cards).triggers.map((entry) => entry.name ?? entry.on);

describe('two people saving over each other', () => {
  it('keeps both when they changed different cards', () => {
    const meeting = {
      base,
      mine: mineOf(board(named(opened, 'mine'), received)),
      theirs: board(opened, named(received, 'theirs')),
    };
    expect(differences(meeting).map((found) => found.conflict)).toEqual([false, false]);
    expect(names(merge(meeting, () => 'theirs'))).toEqual(['mine', 'theirs']);
  });

  it('asks when both changed one card', () => {
    const meeting = {
      base,
      mine: mineOf(board(named(opened, 'mine'), received)),
      theirs: board(named(opened, 'theirs'), received),
    };
    expect(differences(meeting).map((found) => [found.id, found.conflict])).toEqual([['a', true]]);
    expect(names(merge(meeting, () => 'mine'))).toEqual(['mine', 'email/received']);
    expect(names(merge(meeting, () => 'theirs'))).toEqual(['theirs', 'email/received']);
  });

  it('keeps the card they added and the one I added', () => {
    const added: FileTrigger = { id: 'c', on: 'email/sent', stage: 'NEW' };
    const mine = [
      ...cardsOf(base),
      ...cardsOf(board({ on: 'apps/webhook', stage: 'NEW' })).map((card) => ({ ...card, uid: 'new' })),
    ];
    expect(names(merge({ base, mine, theirs: board(opened, received, added) }, () => 'theirs'))).toEqual([
      'email/opened',
      'email/received',
      'email/sent',
      'apps/webhook',
    ]);
  });

  it('removes the card that one removed and the other left alone', () => {
    expect(names(merge({ base, mine: mineOf(board(received)), theirs: base }, () => 'theirs'))).toEqual([
      'email/received',
    ]);
    expect(names(merge({ base, mine: mineOf(base), theirs: board(opened) }, () => 'mine'))).toEqual(['email/opened']);
  });

  it('asks when one removed what the other changed', () => {
    const meeting = { base, mine: mineOf(board(received)), theirs: board(named(opened, 'theirs'), received) };
    expect(names(merge(meeting, () => 'theirs'))).toEqual(['theirs', 'email/received']);
    expect(names(merge(meeting, () => 'mine'))).toEqual(['email/received']);
  });
});
