import type { TaskRepeat } from '@signalbox/contract/tasks.ts';

export const rhythms = ['day', 'week', 'month'] as const;
type Rhythm = (typeof rhythms)[number];

export const isRhythm = (text: string | null): text is Rhythm => rhythms.some((one) => one === text);

/** A repetition as it begins: the day of the week or the month is today's. */
export function beginRepeat(every: Rhythm, now: Date): TaskRepeat {
  const common = { interval: 1, at: '09:00', until: null };
  if (every === 'day') return { every, workingDays: true, ...common };
  if (every === 'week') return { every, weekdays: [now.getDay() === 0 ? 7 : now.getDay()], ...common };
  return { every, day: now.getDate(), ...common };
}

/** The same in another rhythm: what both have stays. */
export function withRhythm({ interval, at, until }: TaskRepeat, every: Rhythm, now: Date): TaskRepeat {
  return { ...beginRepeat(every, now), interval, at, until };
}
