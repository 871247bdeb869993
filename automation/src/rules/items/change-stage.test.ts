import { describe, expect, it } from 'vitest';
import { anna } from '../../testing.ts';
import { runRule } from '../../testing-ports.ts';
import { changeStage } from './change-stage.ts';

describe('items/change-stage', () => {
  it('moves on behalf of the responsible', async () => {
    const { effects } = await runRule(changeStage, { stage: 'WON' });
    expect(effects).toEqual([['changeStage', { stage: 'WON', byId: anna.id }]]);
  });

  it('wants a stage', () => expect(changeStage.parse({}).ok).toBe(false));
});
