import { describe, expect, it } from 'vitest';
import { atJsonPath, isJsonPath } from './json-path.ts';

const answer = { id: 7, customer: { 'full name': 'Jan', tags: ['a', 'b'] }, lines: [{ price: '9.50' }], none: null };

describe('a path into a JSON answer', () => {
  it.each([
    ['$', answer],
    ['$.id', 7],
    ['id', 7],
    ['$.customer.tags[1]', 'b'],
    ["$.customer['full name']", 'Jan'],
    ['$["lines"][0].price', '9.50'],
    ['$.none', null],
    ['$.gone.further', undefined],
    ['$.lines[3].price', undefined],
    ['$.constructor.name', undefined],
    ['$.id.toFixed', undefined],
  ])('%s', (path, expected) => {
    expect([isJsonPath(path), atJsonPath(answer, path)]).toEqual([true, expected]);
  });

  it.each(['', '  ', '$..id', '$.*', '$[?(@.a)]', '$[-1]', 'a b', '$.a.', '$[1'])('is not "%s"', (path) =>
    expect(isJsonPath(path)).toBe(false),
  );
});
