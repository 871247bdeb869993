import { expect, it } from 'vitest';
import { localPath } from './local-path.ts';

it.each([
  ['/board/deal/2?q=roof', '/board/deal/2?q=roof'],
  [undefined, '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example/', '/'],
  ['javascript:alert(1)', '/'],
])('leads from %s to %s', (next, path) => {
  expect(localPath(next)).toBe(path);
});
