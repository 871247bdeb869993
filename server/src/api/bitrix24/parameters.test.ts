import { expect, it } from 'vitest';
import { phpArray } from './envelope.ts';
import { parsePhpQuery, readParameters, textOf } from './rest/parameters.ts';

it('reads nested values as PHP does', () => {
  expect(parsePhpQuery('fields[TITLE]=x&filter[>=ID]=5&select[]=ID&select[]=TITLE')).toEqual({
    fields: { TITLE: 'x' },
    filter: { '>=ID': '5' },
    select: ['ID', 'TITLE'],
  });
});

it('does not touch what every object has', () => {
  expect(parsePhpQuery('__proto__[x]=1&constructor[y]=2')).toEqual({});
  expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
});

it('takes the top-level names in any case, the body before the query', () => {
  const parameters = readParameters('TARGET=DEAL_1&code=a', { Code: 'b' });
  expect(textOf(parameters, 'target')).toBe('DEAL_1');
  expect(textOf(parameters, 'code')).toBe('b');
});

it('shows maps as PHP does', () => {
  expect(phpArray([])).toEqual([]);
  expect(
    phpArray([
      ['0', 'a'],
      ['1', 'b'],
    ]),
  ).toEqual(['a', 'b']);
  expect(phpArray([['a', 1]])).toEqual({ a: 1 });
  expect(phpArray([['1', 'b']])).toEqual({ 1: 'b' });
});
