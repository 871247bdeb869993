import { expect, it } from 'vitest';
import type { Variable } from '../form-facts.tsx';
import { recordsIn } from './names-of-records.ts';
import { treeOf } from './tree.ts';

const variable = (code: string, kind: 'client' | 'item' | 'text'): Variable => ({
  path: `item.${code}`,
  label: code,
  group: 'Deal',
  field: { code, name: code, kind, custom: true },
});
const variables = [variable('payer', 'client'), variable('twin', 'item'), variable('note', 'text')];
const find = (condition: unknown) => recordsIn(treeOf(condition), variables);

it('finds the clients and items that a condition names, each once, in groups, lists and changes', () => {
  const is = 'equals';
  expect(
    find({
      all: [
        { field: 'payer', is, value: 'contact:3' },
        {
          any: [
            { field: 'item.twin', is, value: 7 },
            { field: 'payer', is, value: 'contact:3' },
          ],
        },
        { field: 'payer', is: 'in', value: ['company:1', 'contact:2'] },
        { not: { field: 'twin', is: 'changed', value: { from: 1, to: 2 } } },
      ],
    }),
  ).toEqual(['client contact:3', 'item 7', 'client company:1', 'client contact:2', 'item 1', 'item 2']);
});

it('takes no text for a client, and nothing of a field that is unknown', () => {
  expect(find({ field: 'note', is: 'equals', value: 'contact:3' })).toEqual([]);
  expect(find({ field: 'gone', is: 'equals', value: 'contact:3' })).toEqual([]);
});
