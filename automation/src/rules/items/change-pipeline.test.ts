import { describe, expect, it } from 'vitest';
import { bindBoard } from '../../engine/binding/bind.ts';
import { checkBoard } from '../../engine/checks/check.ts';
import { pathText } from '../../kit/settings/problems.ts';
import { anna, makeBoard, makeSource } from '../../testing.ts';
import { runRule } from '../../testing-ports.ts';
import { changePipeline } from './change-pipeline.ts';

const pipelinesOf = {
  deal: [
    { id: 7, name: 'Sales', stages: ['NEW', 'WON'] },
    { id: 8, name: 'Service', stages: ['OPEN', 'DONE'] },
  ],
  lead: [{ id: 9, name: 'Leads', stages: ['NEW'] }],
};
const rule = (settings: Readonly<Record<string, unknown>>) => ({
  ...{ id: 'over', do: 'items/change-pipeline', stage: 'WARM', settings },
});
const problems = (settings: Readonly<Record<string, unknown>>) =>
  bindBoard(makeSource({ rules: [rule(settings)] }, { pipelinesOf })).problems.map(({ path, code }) => [
    pathText(path),
    code,
  ]);

describe('items/change-pipeline', () => {
  it.each([
    [
      { pipeline: 'Service', stage: 'DONE' },
      { pipeline: 'Service', stage: 'DONE', byId: anna.id },
    ],
    [{ pipeline: 8 }, { pipeline: 8, stage: null, byId: anna.id }],
  ])('moves %j on behalf of the responsible', async (settings, change) =>
    expect((await runRule(changePipeline, settings)).effects).toEqual([['changePipeline', change]]),
  );

  it('wants a pipeline', () =>
    expect([{}, { pipeline: ' ' }, { pipeline: 0 }].map((raw) => changePipeline.parse(raw).ok)).toEqual([
      ...[false, false, false],
    ]));

  it.each([
    [{ pipeline: 'service', stage: 'DONE' }, []],
    [{ pipeline: '8' }, []],
    [{ pipeline: 'Sales' }, [['rules[0].settings.pipeline', 'own-pipeline']]],
    [{ pipeline: 7, stage: 'NEW' }, [['rules[0].settings.pipeline', 'own-pipeline']]],
    [{ pipeline: 'Leads' }, [['rules[0].settings.pipeline', 'unknown-pipeline']]],
    [{ pipeline: 9 }, [['rules[0].settings.pipeline', 'unknown-pipeline']]],
    [{ pipeline: '__proto__' }, [['rules[0].settings.pipeline', 'unknown-pipeline']]],
    [{ pipeline: 'Service', stage: 'WON' }, [['rules[0].settings.stage', 'no-such-stage']]],
  ])('a board with %j is told %j', (settings, told) => expect(problems(settings)).toEqual(told));

  it('5.1 is known to send the item away, as a change of stage is', () => {
    const below = { id: 'late', do: 'alerts/notify', stage: 'WARM', settings: { text: 'Hi' } };
    const found = checkBoard(makeBoard({ rules: [rule({ pipeline: 8 }), below] }));
    expect(found.map(({ code, ids }) => [code, ids])).toEqual([['cancelled-mostly', ['late', 'over']]]);
  });
});
