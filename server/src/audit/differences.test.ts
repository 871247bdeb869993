import { describe, expect, it } from 'vitest';
import { cut, differences, secretDifferences } from './differences.ts';

describe('what differs', () => {
  it('is told by its path, with both values', () => {
    const before = { name: 'Sales', rights: { items: { all: { read: 'own', add: 'own' } } }, days: ['mon', 'tue'] };
    const after = { name: 'Sales', rights: { items: { all: { read: 'all', add: 'own' } } }, days: ['mon'] };
    expect(differences(before, after)).toEqual([
      { field: 'rights.items.all.read', from: 'own', to: 'all' },
      { field: 'days', from: 'mon, tue', to: 'mon' },
    ]);
    expect(differences(before, before)).toEqual([]);
  });

  it('tells what came and what went as nothing on the other side', () => {
    expect(differences({ phone: '1', head: null }, { head: 'Ada' })).toEqual([
      { field: 'phone', from: '1', to: null },
      { field: 'head', from: null, to: 'Ada' },
    ]);
    expect(differences(null, { name: 'Sales' })).toEqual([{ field: 'name', from: null, to: 'Sales' }]);
  });

  it('is cut to what somebody reads, and to what can be stored', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`f${index}`, 'x'.repeat(10_000)]));
    const found = differences({}, many);
    expect(found).toHaveLength(200);
    expect(found[0]?.to).toHaveLength(300);
    expect(cut(`a\0${'😀'.repeat(200)}`).isWellFormed()).toBe(true);
    expect(cut('a\0b')).toBe('ab');
  });

  it('tells of secrets that they changed, and never what they are', () => {
    const changes = secretDifferences({ password: 'one', token: 'same', old: 'x' }, { password: 'two', token: 'same' });
    expect(changes).toEqual([
      { field: 'password', from: '••••', to: '••••' },
      { field: 'old', from: '••••', to: null },
    ]);
  });
});
