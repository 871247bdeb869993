import { describe, expect, it } from 'vitest';
import { anna } from '../../testing.ts';
import { piotr, runRule } from '../../testing-ports.ts';
import { comment } from './comment.ts';

describe('alerts/comment', () => {
  it('writes in the name of the responsible by default', async () => {
    const { effects } = await runRule(comment, { text: 'Amount: {{ item.amount }}' });
    expect(effects).toEqual([['comment', { text: 'Amount: 1000 PLN', authorId: anna.id }]]);
  });

  it('writes in another name when asked to', async () => {
    const { effects } = await runRule(
      comment,
      { text: 'Hi', createdBy: 'piotr@example.com' },
      { people: { 'piotr@example.com': [piotr] } },
    );
    expect(effects).toEqual([['comment', { text: 'Hi', authorId: piotr.id }]]);
  });

  it('fails with "the text is empty" when nothing is left', async () => {
    await expect(runRule(comment, { text: ' {{ item.chatId }} ' })).rejects.toThrow('the text is empty');
  });
});
