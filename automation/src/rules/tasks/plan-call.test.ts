import { describe, expect, it } from 'vitest';
import type { WorkspaceFacts } from '../../kit/facts.ts';
import { anna, makeItem, workspace } from '../../testing.ts';
import { type Effects, makePorts, piotr } from '../../testing-ports.ts';
import { planCall } from './plan-call.ts';

const nineToFive = [{ fromMinute: 540, toMinute: 1_020 }];
const calendar = { week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []], exceptions: {} };
const at = (text: string) => new Date(text).getTime();

async function plan(raw: object, now: string, facts: Partial<WorkspaceFacts> = { calendar }) {
  const parsed = planCall.parse({ subject: 'Call {{ client.name }}', ...raw });
  if (!parsed.ok) throw new Error(parsed.problems[0]?.code);
  const effects: Effects = [];
  const people = { 'piotr@example.com': [piotr] } as const;
  const tasks = {
    create: async (task: unknown) => {
      effects.push(['plan', task]);
      return { taskId: 7 };
    },
    find: async () => undefined,
    complete: async () => ({ completed: 0 }),
  };
  const item = makeItem({ values: { visitAt: '2026-12-04T18:30:00Z' } });
  const outputs = await planCall.run(parsed.settings, {
    ports: { ...makePorts({ people }, effects), tasks },
    facts: { item, workspace: { ...workspace, ...facts }, signal: null, results: {} },
    run: { ruleId: 'r1', visitId: 1, now: at(now), at: at(now), since: at(now), hours: [], asked: false },
  });
  return { effects, outputs };
}

describe('tasks/plan-call', () => {
  it.each([
    ['after hours: the next working morning', {}, '2026-12-01T19:00:00+01:00', '2026-12-02T08:00:00.000Z'],
    ['before work begins: this morning', {}, '2026-12-02T06:00:00+01:00', '2026-12-02T08:00:00.000Z'],
    ['during work: the next day', {}, '2026-12-02T11:00:00+01:00', '2026-12-03T08:00:00.000Z'],
    ['on Friday evening: Monday', {}, '2026-12-04T19:00:00+01:00', '2026-12-07T08:00:00.000Z'],
    ['on Sunday: Monday', {}, '2026-12-06T12:00:00+01:00', '2026-12-07T08:00:00.000Z'],
    ['after two hours', { when: 'after', delay: 2 }, '2026-12-02T11:00:00+01:00', '2026-12-02T12:00:00.000Z'],
    [
      'after hours that end after work',
      { when: 'after', delay: 8 },
      '2026-12-02T11:00:00+01:00',
      '2026-12-03T08:00:00.000Z',
    ],
    [
      'the same at any time',
      { when: 'after', delay: 1, unit: 'days', workingTime: false },
      '2026-12-04T19:00:00+01:00',
      '2026-12-05T18:00:00.000Z',
    ],
    [
      'on the date of a field, in working time',
      { when: 'at', date: '{{ item.visitAt }}' },
      '2026-12-01T10:00:00Z',
      '2026-12-07T08:00:00.000Z',
    ],
    [
      'exactly then',
      { when: 'at', date: '{{ item.visitAt }}', workingTime: false },
      '2026-12-01T10:00:00Z',
      '2026-12-04T18:30:00.000Z',
    ],
    [
      'on a day that is written',
      { when: 'at', date: '2026-12-08 10:15' },
      '2026-12-01T10:00:00Z',
      '2026-12-08T09:15:00.000Z',
    ],
  ])('%s', async (_what, settings, now, expected) => {
    const { effects, outputs } = await plan(settings, now);
    expect(effects).toMatchObject([['plan', { deadline: at(expected) }]]);
    expect(outputs).toEqual({ taskId: 7, at: expected });
  });

  it('without a calendar the morning begins at nine', async () => {
    const { outputs } = await plan({}, '2026-12-05T23:00:00+01:00', { calendar: null });
    expect(outputs).toMatchObject({ at: '2026-12-06T08:00:00.000Z' });
  });

  it('is for the responsible with a reminder, or for whom it says', async () => {
    expect((await plan({}, '2026-12-01T10:00:00Z')).effects).toMatchObject([
      [
        'plan',
        { kind: 'call', title: 'Call Jan Kowalski', responsibleId: anna.id, creatorId: anna.id, remindMinutes: 15 },
      ],
    ]);
    const other = { kind: 'meeting', responsible: 'piotr@example.com', remind: false };
    expect((await plan(other, '2026-12-01T10:00:00Z')).effects).toMatchObject([
      ['plan', { kind: 'meeting', responsibleId: piotr.id, creatorId: anna.id, remindMinutes: null }],
    ]);
  });

  it('fails without anybody, a subject or a date', async () => {
    const now = '2026-12-01T10:00:00Z';
    await expect(plan({ responsible: 'role:Nobody' }, now)).rejects.toThrow('there is no recipient');
    await expect(plan({ subject: '{{ item.chatId }}' }, now)).rejects.toThrow('the subject is empty');
    await expect(plan({ when: 'at', date: '{{ item.title }}' }, now)).rejects.toThrow('neither a day nor a moment');
    expect(planCall.parse({ subject: 'x', when: 'at' })).toMatchObject({
      ok: false,
      problems: [{ path: ['settings', 'date'] }],
    });
  });
});
