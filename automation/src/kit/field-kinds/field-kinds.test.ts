import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operatorsOf } from '../conditions/operator-kinds.ts';
import { fieldKinds } from '../values/values.ts';
import { coerceValue } from './coerce.ts';
import { fieldKindOf, isDated, takesSeveral } from './index.ts';
import { parseYesNo } from './yes-no.ts';

const shared = ['coerce', 'define-field-kind', 'index', 'keeps-value', 'may-become', 'scalars'];

describe('the kinds of fields', () => {
  it('have a file each, and no file is a kind that nobody lists', () => {
    const files = readdirSync(import.meta.dirname)
      .filter((file) => !file.includes('.test.'))
      .map((file) => file.replace('.ts', ''))
      .filter((file) => !shared.includes(file));
    const wanted = fieldKinds.map((kind) => kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
    expect(files.sort()).toEqual(wanted.toSorted());
  });

  it.each(fieldKinds)('%s can be asked whether it is filled, and tells what the API expects', (kind) => {
    expect(operatorsOf(kind)).toContain('is filled');
    expect(fieldKindOf[kind].expected).not.toBe('');
  });

  it.each(fieldKinds)('%s becomes a field from a column only if a text alone says all of it', (kind) => {
    const { fromColumn, hasOptions, names } = fieldKindOf[kind];
    if (hasOptions || (names !== null && names !== 'employee')) expect(fromColumn).toBe(false);
  });

  it('keep one value or several', () => {
    expect(takesSeveral({ kind: 'text' })).toBe(false);
    expect(takesSeveral({ kind: 'text', multiple: true })).toBe(true);
    expect(takesSeveral({ kind: 'multiChoice' })).toBe(true);
  });

  it('are dates or not', () => expect(fieldKinds.filter(isDated)).toEqual(['date', 'dateTime']));

  it('a yes or no is read in its words, and nothing else is', () => {
    expect([parseYesNo('Yes'), parseYesNo('off'), parseYesNo('perhaps')]).toEqual([true, false, undefined]);
    const spec = { code: 'vip', kind: 'yesNo', name: 'VIP', custom: true } as const;
    expect(coerceValue('on', { spec, field: 'vip', currency: 'EUR', timeZone: 'UTC' })).toBe(true);
    expect(() => coerceValue('perhaps', { spec, field: 'vip', currency: 'EUR', timeZone: 'UTC' })).toThrow();
  });
});
