import { describe, expect, it } from 'vitest';
import { anna } from '../../testing.ts';
import { runRule } from '../../testing-ports.ts';
import { complete } from './complete.ts';

const ports = (effects: (readonly [string, unknown])[]) => ({
  tasks: {
    create: async () => ({ taskId: 1 }),
    find: async () => undefined,
    complete: async (which: unknown) => {
      effects.push(['complete', which]);
      return { completed: 2 };
    },
  },
});

describe('tasks/complete', () => {
  it.each([
    ['of some stages', { stages: ['NEW', 'OFFER'] }, ['NEW', 'OFFER']],
    ['of one', { stages: 'NEW' }, ['NEW']],
    ['of all', {}, []],
  ])('completes what rules %s have made, in the name of the responsible', async (_what, settings, stages) => {
    const { effects, outputs } = await runRule(complete, settings, { ports });
    expect(effects).toEqual([['complete', { stages, byId: anna.id }]]);
    expect(outputs).toEqual({ completed: 2 });
  });

  it('refuses stages that are none', () => {
    expect(complete.parse({ stages: [''] }).ok).toBe(false);
  });
});
