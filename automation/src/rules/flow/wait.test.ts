import { describe, expect, it } from 'vitest';
import { dueOf, endOfAwaiting, noticeChange, readAwaiting } from '../../kit/definitions/awaiting.ts';
import { Held, type RunInfo } from '../../kit/definitions/define-rule.ts';
import type { Values, WorkspaceFacts } from '../../kit/facts.ts';
import { makeItem, workspace } from '../../testing.ts';
import { wait } from './wait.ts';

const at = (text: string) => new Date(text).getTime();
const friday = at('2026-12-04T16:00:00+01:00');
const HOUR_MS = 3_600_000;
const nineToFive = [{ fromMinute: 540, toMinute: 1_020 }];
const calendar = { week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []], exceptions: {} };
const large = { field: 'amount', is: 'at least', value: 5_000 };
const waits = { until: 'condition', condition: large, deadline: '2 hours' };

interface Given {
  readonly run?: Partial<RunInfo>;
  readonly values?: Values;
  readonly facts?: Partial<WorkspaceFacts>;
}

function scopeOf({ run = {}, values = {}, facts = {} }: Given) {
  const stopped: string[] = [];
  const flow = { stopBehind: async () => ({ stopped: stopped.push('behind') }) };
  const info = { ruleId: 'wait', visitId: 1, now: friday, at: friday, since: friday, hours: [], asked: false, ...run };
  const item = makeItem({ values });
  const scope = { ports: { flow }, facts: { item, workspace: { ...workspace, ...facts }, signal: null, results: {} } };
  return { stopped, scope: { ...scope, run: info } };
}

function settingsOf(raw: object) {
  const parsed = wait.parse(raw);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return parsed.settings;
}

const begin = (raw: object, given: Given = {}) => wait.run(settingsOf(raw), scopeOf(given).scope);
const amount = (text: string) => ({ amount: { amount: text, currency: 'PLN' } });

describe('flow/wait until a moment', () => {
  it.each([
    ['its moment has come', { since: friday - HOUR_MS }, 'moment'],
    ['its moment had passed when it began', { since: friday }, 'past'],
    ['a person did not want to wait', { since: friday - HOUR_MS, asked: true }, 'asked'],
  ])('%s', async (_what, run, outcome) => {
    expect(await begin({}, { run })).toEqual({
      ...{ outcome, since: new Date(run.since).toISOString(), endedAt: '2026-12-04T15:00:00.000Z' },
    });
  });

  it('needs a time of its own, and holds by nothing else', () => {
    const settings = settingsOf({});
    expect([wait.needsTime(settings), wait.holds(settings), wait.awaits(settings)]).toEqual([true, false, null]);
  });
});

describe('flow/wait until a condition', () => {
  it('waits from its own moment until its deadline, and says what is not so', async () => {
    const held = await begin(waits);
    expect(held).toBeInstanceOf(Held);
    expect(held).toMatchObject({
      ...{ waitingFor: 'condition', dueAt: friday + 2 * HOUR_MS },
      result: { since: '2026-12-04T15:00:00.000Z', until: '2026-12-04T17:00:00.000Z', because: { part: large } },
    });
  });

  it('that is true already ends at once', async () => {
    expect(await begin(waits, { values: amount('5000') })).toMatchObject({
      ...{ outcome: 'condition', endedAt: '2026-12-04T15:00:00.000Z' },
    });
  });

  it.each([
    ['calendar days, without working hours', [], '5 days', '2026-12-09T16:00:00+01:00'],
    ['working days, with them', ['company'], '5 days', '2026-12-11T16:00:00+01:00'],
    ['at work, when it would end at night', ['company'], '2 hours', '2026-12-07T09:00:00+01:00'],
  ] as const)('counts %s', async (_what, hours, deadline, until) => {
    const held = await begin({ ...waits, deadline }, { run: { hours }, facts: { calendar } });
    expect(held).toMatchObject({ dueAt: at(until) });
  });

  it('has to be given; a deadline is there by itself', () => {
    expect(wait.parse({ until: 'condition' })).toMatchObject({ ok: false, problems: [{ code: 'required' }] });
    expect(settingsOf({ until: 'condition', condition: large })).toMatchObject({
      deadline: { count: 7, unit: 'days' },
    });
    expect(wait.parse({ ...waits, condition: { field: 'amount', is: 'nearly' } })).toMatchObject({ ok: false });
  });
});

const awaited = wait.awaits(settingsOf(waits)) ?? expect.fail('it awaits nothing');
const begun = {
  since: '2026-12-04T15:00:00.000Z',
  until: '2026-12-04T17:00:00.000Z',
  because: null,
  metAt: null,
  isOver: false,
};
const factsOf = (values: Values) => scopeOf({ values }).scope.facts;
const enough = factsOf(amount('5000'));
const little = factsOf(amount('10'));

describe('a change of the item', () => {
  it.each([
    ['makes it true', begun, enough, HOUR_MS, { metAt: '2026-12-04T16:00:00.000Z' }],
    ['at the deadline itself still does', begun, enough, 2 * HOUR_MS, { metAt: '2026-12-04T17:00:00.000Z' }],
    [
      'after the deadline that nobody has looked at does not count',
      begun,
      enough,
      3 * HOUR_MS,
      { isOver: true, metAt: null },
    ],
    [
      'tells what is seen now',
      begun,
      little,
      HOUR_MS,
      { metAt: null, because: { got: { amount: '10', currency: 'PLN' } } },
    ],
  ])('%s', (_what, before, facts, laterMs, after) => {
    expect(noticeChange(before, awaited, { facts, at: friday + laterMs })).toMatchObject(after);
  });

  it('changes nothing that has been met, or is over, or is as it was', () => {
    const met = { ...begun, metAt: begun.since };
    const told = noticeChange(begun, awaited, { facts: little, at: friday });
    for (const one of [met, { ...begun, isOver: true }])
      expect(noticeChange(one, awaited, { facts: little, at: friday })).toBeNull();
    expect(told && noticeChange(told, awaited, { facts: little, at: friday + 1 })).toBeNull();
    expect([dueOf(met), dueOf(begun)]).toEqual([friday, friday + 2 * HOUR_MS]);
  });

  it('of something that is no wait is none', () => {
    expect([readAwaiting(null), readAwaiting({ taskId: 7 }), readAwaiting(begun)]).toEqual([
      undefined,
      undefined,
      begun,
    ]);
  });
});

describe('the end of a wait', () => {
  it.each([
    ['the condition, though it is not true any more', { ...begun, metAt: begun.since }, little, HOUR_MS, 'condition'],
    ['the deadline', begun, little, 2 * HOUR_MS, 'deadline'],
    ['the deadline, long ago', begun, little, 90 * HOUR_MS, 'deadline'],
    ['the condition, true by itself at the deadline', begun, enough, 2 * HOUR_MS, 'condition'],
    ['the deadline, if it was true only after it', { ...begun, isOver: true }, enough, 3 * HOUR_MS, 'deadline'],
  ])('%s', (_what, awaiting, facts, laterMs, outcome) => {
    expect(endOfAwaiting(awaiting, awaited, { facts, at: friday + laterMs })).toMatchObject({ outcome });
  });

  it('has not come before either', () => {
    expect(endOfAwaiting(begun, awaited, { facts: little, at: friday + HOUR_MS })).toBeNull();
  });

  const resume = async (raw: object, { asked = false, ...given }: Given & { asked?: boolean }) => {
    const { scope, stopped } = scopeOf(given);
    const result = await wait.resume(begun, { ...scope, asked, settings: settingsOf({ ...waits, ...raw }) });
    return { result, stopped };
  };
  const late = { now: friday + 2 * HOUR_MS };

  it('at the deadline goes on, or stops what is behind it', async () => {
    expect(await resume({}, { run: late })).toEqual({
      ...{ stopped: [], result: { outcome: 'deadline', since: begun.since, endedAt: begun.until } },
    });
    expect((await resume({ atDeadline: 'stop' }, { run: late })).stopped).toEqual(['behind']);
    expect((await resume({ atDeadline: 'stop' }, { run: late, values: amount('5000') })).stopped).toEqual([]);
  });

  it('is a person’s wish, or not there yet', async () => {
    expect((await resume({ atDeadline: 'stop' }, { asked: true })).result).toMatchObject({ outcome: 'asked' });
    expect((await resume({}, {})).result).toMatchObject({ waitingFor: 'condition', dueAt: friday + 2 * HOUR_MS });
  });
});
