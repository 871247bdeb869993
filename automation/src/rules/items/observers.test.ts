import { describe, expect, it } from 'vitest';
import { anna, makeItem } from '../../testing.ts';
import { piotr, runRule } from '../../testing-ports.ts';
import { observers } from './observers.ts';

const people = { 'piotr@example.com': [piotr], 'department:Sales': [anna, piotr] } as const;
const observed = (...ids: number[]) => ({ people, item: makeItem({ values: { observers: ids } }) });

describe('items/observers', () => {
  it.each([
    ['adds, each once', { people: ['department:Sales'] }, [anna.id, 30], [anna.id, 30, piotr.id]],
    ['removes', { people: ['department:Sales'], how: 'remove' }, [anna.id, 30], [30]],
    ['replaces', { people: ['piotr@example.com'], how: 'replace' }, [anna.id, 30], [piotr.id]],
    ['removes nobody when nobody is meant', { people: ['role:Nobody'], how: 'remove' }, [30], [30]],
  ])('%s, in the name of the responsible', async (_what, settings, before, after) => {
    const { effects } = await runRule(observers, settings, observed(...before));
    expect(effects).toEqual([
      ['change', { changes: [{ field: 'observers', value: after, mode: 'replace' }], byId: anna.id }],
    ]);
  });

  it('fails when there is nobody to add, and wants somebody chosen', async () => {
    await expect(runRule(observers, { people: ['role:Nobody'] }, observed())).rejects.toThrow('nobody');
    expect(observers.parse({ people: [] }).ok).toBe(false);
  });
});
