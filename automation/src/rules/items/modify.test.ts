import { describe, expect, it } from 'vitest';
import { anna } from '../../testing.ts';
import { runRule } from '../../testing-ports.ts';
import { modify } from './modify.ts';

describe('items/modify', () => {
  it('writes templates and values as the fields keep them, in one change', async () => {
    const changes = [
      { field: 'chatId', value: '{{ rules.chat.chatId }}' },
      { field: 'amount', value: '250.50' },
      { field: 'tags', value: ['{{ client.name }}', 'hot'], mode: 'append' },
    ];
    const { effects } = await runRule(modify, { changes }, { results: { chat: { chatId: 'c7' } } });
    expect(effects).toEqual([
      [
        'change',
        {
          byId: anna.id,
          changes: [
            { field: 'chatId', value: 'c7', mode: 'replace' },
            { field: 'amount', value: { amount: '250.50', currency: 'PLN' }, mode: 'replace' },
            { field: 'tags', value: ['Jan Kowalski', 'hot'], mode: 'append' },
          ],
        },
      ],
    ]);
  });

  it('counts with money as money, and fails where there is no number', async () => {
    const counted = (value: string) => runRule(modify, { changes: [{ field: 'amount', value }] });
    const { effects } = await counted('{{ item.amount | times: 1.23 }}');
    expect(effects).toMatchObject([['change', { changes: [{ value: { amount: '1230', currency: 'PLN' } }] }]]);
    await expect(counted('{{ item.title | times: 2 }}')).rejects.toThrow('which is no number');
  });

  it('empties a field', async () => {
    const { effects } = await runRule(modify, { changes: [{ field: 'chatId', value: null }] });
    expect(effects).toMatchObject([['change', { changes: [{ field: 'chatId', value: null }] }]]);
  });

  it('fails when a value does not fit its field', async () => {
    await expect(runRule(modify, { changes: [{ field: 'seats', value: 'many' }] })).rejects.toThrow(
      '"many" does not fit the field seats (number)',
    );
    expect(modify.parse({ changes: [] }).ok).toBe(false);
  });
});
