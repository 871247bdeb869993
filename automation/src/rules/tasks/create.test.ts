import { describe, expect, it } from 'vitest';
import { Held } from '../../kit/definitions/define-rule.ts';
import type { WorkspaceFacts } from '../../kit/facts.ts';
import { anna, makeItem, workspace } from '../../testing.ts';
import { type Effects, makePorts, piotr } from '../../testing-ports.ts';
import { create } from './create.ts';
import type { TasksPort } from './port.ts';

const nineToFive = [{ fromMinute: 540, toMinute: 1_020 }];
const calendar = { week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []], exceptions: {} };
const friday = new Date('2026-12-04T16:00:00+01:00').getTime();
const directory = { byEmail: {}, departments: {}, roles: {}, heads: {}, names: { 12: 'Piotr Lis' } };

function scopeOf(facts: Partial<WorkspaceFacts> = {}, found: Awaited<ReturnType<TasksPort['find']>> = undefined) {
  const effects: Effects = [];
  const people = { 'piotr@example.com': [piotr], 'department:Legal': [anna, piotr] } as const;
  const tasks: TasksPort = {
    create: async (task) => {
      effects.push(['create', task]);
      return { taskId: 7 };
    },
    find: async () => found,
    complete: async () => ({ completed: 0 }),
  };
  const scope = {
    ports: { ...makePorts({ people }, effects), tasks },
    facts: { item: makeItem(), workspace: { ...workspace, calendar, directory, ...facts }, signal: null, results: {} },
    run: { ruleId: 'r1', visitId: 1, now: friday, at: friday, since: friday, hours: [], asked: false },
  };
  return { effects, scope };
}

async function make(raw: object, facts: Partial<WorkspaceFacts> = {}) {
  const parsed = create.parse({ title: 'Check {{ item.title }}', ...raw });
  if (!parsed.ok) throw new Error(parsed.problems[0]?.code);
  const { effects, scope } = scopeOf(facts);
  return { effects, outputs: await create.run(parsed.settings, scope), holds: create.holds(parsed.settings) };
}

describe('tasks/create', () => {
  it.each([
    ['a working day later', {}, '2026-12-07T15:00:00.000Z'],
    ['several', { workingDays: 3 }, '2026-12-09T15:00:00.000Z'],
    ['on a day that is written', { deadline: 'date', date: '2026-12-31 17:00' }, '2026-12-31T16:00:00.000Z'],
    ['none', { deadline: 'none' }, null],
    ['none while its field is empty', { deadline: 'date', date: '{{ item.visitAt }}' }, null],
  ])('is due %s', async (_what, settings, expected) => {
    const at = expected === null ? null : new Date(expected).getTime();
    expect((await make(settings)).effects).toMatchObject([['create', { title: 'Check Windows', deadline: at }]]);
  });

  it('without a calendar every day is a working day', async () => {
    const { effects } = await make({}, { calendar: null });
    expect(effects).toMatchObject([['create', { deadline: new Date('2026-12-05T16:00:00+01:00').getTime() }]]);
  });

  it('is for the responsible, or for whom it says, with observers and a checklist', async () => {
    expect((await make({})).effects).toMatchObject([
      ['create', { responsibleId: anna.id, creatorId: anna.id, observerIds: [], checklist: [], remindMinutes: null }],
    ]);
    const { effects, outputs, holds } = await make({
      ...{ responsible: 'piotr@example.com', observers: ['department:Legal'], remind: true, needsAcceptance: true },
      checklist: '- Names\n\n* Dates of {{ client.name }}\n',
    });
    expect(effects).toMatchObject([
      [
        'create',
        {
          ...{ responsibleId: piotr.id, observerIds: [anna.id, piotr.id], remindMinutes: 60, needsAcceptance: true },
          checklist: ['Names', 'Dates of Jan Kowalski'],
        },
      ],
    ]);
    expect([outputs, holds]).toEqual([{ taskId: 7, closedBy: null, closedAt: null }, false]);
  });

  it('who is not there gives way to the responsible', async () => {
    expect((await make({ responsible: 'role:Nobody' })).effects).toMatchObject([
      ['create', { responsibleId: anna.id }],
    ]);
  });

  it('fails without a title or a date that is one', async () => {
    await expect(make({ title: '{{ item.chatId }}' })).rejects.toThrow('the title is empty');
    await expect(make({ deadline: 'date', date: '{{ item.title }}' })).rejects.toThrow('neither a day nor a moment');
    expect(create.parse({ title: 'x', deadline: 'date' })).toMatchObject({
      ok: false,
      problems: [{ path: ['settings', 'date'] }],
    });
  });

  it('5.9 may be held until it is completed', async () => {
    const { outputs, holds } = await make({ wait: true });
    expect(outputs).toBeInstanceOf(Held);
    expect([outputs, holds]).toMatchObject([{ waitingFor: 'task', result: { taskId: 7 } }, true]);
  });

  const parsed = create.parse({ title: 'x', wait: true });
  const waits = parsed.ok ? parsed.settings : null;
  const open = { closedAt: null, closedById: null };
  const closed = { closedAt: '2026-12-08T10:00:00.000Z', closedById: 12 };
  it.each([
    ['completed: who did it and when', closed, false, { taskId: 7, closedBy: 'Piotr Lis', closedAt: closed.closedAt }],
    ['deleted: nobody', undefined, false, { taskId: 7, closedBy: null, closedAt: null }],
    ['open, and nobody wants to wait', open, true, { taskId: 7, closedBy: null, closedAt: null }],
  ])('5.9 goes on after it was %s', async (_what, found, asked, expected) => {
    const { scope } = scopeOf({}, found);
    expect(await create.resume({ taskId: 7 }, { ...scope, settings: waits, asked })).toEqual(expected);
  });

  it('5.9 is held on while it is open', async () => {
    const { scope } = scopeOf({}, open);
    expect(await create.resume({ taskId: 7 }, { ...scope, settings: waits, asked: false })).toMatchObject({
      waitingFor: 'task',
      result: { taskId: 7 },
    });
  });
});
