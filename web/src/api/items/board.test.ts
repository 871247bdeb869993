import type { Board, BoardColumn, Card } from '@signalbox/contract/board.ts';
import { describe, expect, it } from 'vitest';
import { withCardMoved } from './board.ts';

describe('withCardMoved', () => {
  it('takes the card from its column and puts it on top of the other', () => {
    const moved = withCardMoved(board(), card(1), 'WON');
    expect(moved.columns.map(({ items }) => items.map(({ id }) => id))).toEqual([[2], [1, 3]]);
    expect(moved.columns[1]?.items[0]?.stage).toBe('WON');
  });

  it('keeps counts and sums right at once', () => {
    const [from, to] = withCardMoved(board(), card(1), 'WON').columns;
    expect([from?.count, to?.count]).toEqual([1, 2]);
    expect([from?.sums, to?.sums]).toEqual([[{ currency: 'EUR', amount: 20 }], [{ currency: 'EUR', amount: 40 }]]);
  });

  it('begins a sum for a currency that the column had none of', () => {
    const dollars = { ...card(1), currency: 'USD', amount: 5 };
    expect(withCardMoved(board(), dollars, 'WON').columns[1]?.sums).toContainEqual({ currency: 'USD', amount: 5 });
  });

  it('is undone by the move back', () => {
    const there = withCardMoved(board(), card(1), 'WON');
    const back = withCardMoved(there, { ...card(1), stage: 'WON' }, 'NEW');
    expect(back.columns.map(({ count, sums }) => ({ count, sums }))).toEqual(
      board().columns.map(({ count, sums }) => ({ count, sums })),
    );
  });
});

const card = (id: number, stage = 'NEW'): Card => ({
  ...{ id, title: `Deal ${id}`, amount: id * 10, currency: 'EUR', stage, client: null, responsible: null },
  ...{ lastActivity: null, waitingRuns: 0, movedAt: '2026-01-01T00:00:00Z', movedBy: null },
});

const column = (code: string, items: Card[]): BoardColumn => ({
  stage: { id: 1, code, name: code, kind: 'open', color: '#000000' },
  count: items.length,
  sums: [{ currency: 'EUR', amount: items.reduce((sum, { amount }) => sum + (amount ?? 0), 0) }],
  items,
  nextCursor: null,
});

const board = (): Board => ({
  pipeline: { id: 1, type: 'deal', name: 'Sales' },
  columns: [column('NEW', [card(1), card(2)]), column('WON', [card(3, 'WON')])],
});
