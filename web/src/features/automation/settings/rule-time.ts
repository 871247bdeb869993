import { type EmptyDate, isOnDay, type RuleTime } from '../model/file-shape.ts';

/** `afterField` counts from a date field, `after` from entry or from the end of the rule before. */
export const timeKinds = ['immediately', 'after', 'afterField', 'before', 'at', 'on'] as const;
export type TimeKind = (typeof timeKinds)[number];

export function kindOfTime(time: RuleTime | null): TimeKind {
  if (time === null) return 'immediately';
  if (isOnDay(time)) return 'on';
  if ('at' in time) return 'at';
  if ('before' in time) return 'before';
  return time.field === undefined ? 'after' : 'afterField';
}

/** The same moment told another way: the duration, the field and the policy stay where they have a place. */
export function changeTime(time: RuleTime | null, kind: TimeKind): RuleTime | null {
  if (kind === 'immediately') return null;
  if (kind === 'on') return { at: { date: '' } };
  const duration = durationOf(time);
  const field = fieldOf(time);
  const empty = emptyOf(time);
  const policy = empty === 'wait' ? {} : { empty };
  if (kind === 'after') return { after: duration };
  if (kind === 'afterField') return { after: duration, field, ...policy };
  return kind === 'before' ? { before: duration, field, ...policy } : { at: { field }, ...policy };
}

export function fieldOf(time: RuleTime | null): string {
  if (time === null || isOnDay(time)) return '';
  return ('at' in time ? time.at.field : time.field) ?? '';
}

export const emptyOf = (time: RuleTime | null): EmptyDate =>
  (time === null || isOnDay(time) ? undefined : time.empty) ?? 'wait';

function durationOf(time: RuleTime | null): string {
  if (time === null || 'at' in time) return '1 day';
  return 'after' in time ? time.after : time.before;
}
