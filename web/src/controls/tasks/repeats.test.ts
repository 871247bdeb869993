import { taskRepeat } from '@signalbox/contract/tasks.ts';
import { describe, expect, it } from 'vitest';
import { beginRepeat, isRhythm, rhythms, withRhythm } from './repeats.ts';

const sunday = new Date(2026, 11, 6, 12);

describe('a repetition', () => {
  it.each(rhythms)('each %s begins as one that the server takes', (every) => {
    expect(taskRepeat.safeParse(beginRepeat(every, sunday)).success).toBe(true);
  });

  it('each week begins on the day of today, Sunday the seventh', () => {
    expect(beginRepeat('week', sunday)).toMatchObject({ weekdays: [7] });
  });

  it('keeps its time, its interval and its end when its rhythm changes', () => {
    const kept = { interval: 3, at: '16:30', until: '2027-01-31' };
    expect(withRhythm({ every: 'day', workingDays: true, ...kept }, 'month', sunday)).toEqual({
      every: 'month',
      day: 6,
      ...kept,
    });
  });

  it('has no other rhythm', () => {
    expect([isRhythm('year'), isRhythm(null)]).toEqual([false, false]);
  });
});
