import { describe, expect, it } from 'vitest';
import { anna } from '../../testing.ts';
import { piotr, runRule } from '../../testing-ports.ts';
import { changeResponsible } from './change-responsible.ts';

const world = { people: { 'department:Sales': [piotr, anna] } } as const;
const people = ['department:Sales'];

describe('items/change-responsible', () => {
  it.each([
    ['first', [['changeResponsible', { toId: piotr.id, byId: anna.id }]]],
    ['random', [['changeResponsible', { toId: piotr.id, byId: anna.id }]]],
    ['inTurn', []],
    ['leastLoaded', []],
  ])('chooses %s; whoever is responsible already stays', async (choose, expected) => {
    const { effects } = await runRule(changeResponsible, { people, choose }, world);
    expect(effects).toEqual(expected);
  });

  it('skips who is absent', async () => {
    const { effects } = await runRule(
      changeResponsible,
      { people: ['piotr@example.com', 'department:Sales'], skipAbsent: true },
      { ...world, absent: [piotr.id] },
    );
    expect(effects).toEqual([]);
  });

  it('fails when nobody is left', async () => {
    await expect(
      runRule(changeResponsible, { people, skipAbsent: true }, { ...world, absent: [anna.id, piotr.id] }),
    ).rejects.toThrow('nobody');
    expect(changeResponsible.parse({ people: [] }).ok).toBe(false);
  });
});
