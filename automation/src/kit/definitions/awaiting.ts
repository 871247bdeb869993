import { z } from 'zod';
import type { RunFacts } from '../facts.ts';
import { addWorkingDays, nextWorkingMoment } from '../values/calendar.ts';
import type { Duration } from '../values/durations.ts';
import { shift } from '../values/time.ts';
import type { Instant } from '../values/values.ts';

/** What a rule waits for, as its settings say it. */
export interface Awaited {
  /** The condition as the automation file writes it, to be told in words. */
  readonly condition: object;
  /** Whether its condition holds, and the part that does not. */
  asks(facts: RunFacts, at: Instant): { readonly holds: boolean; readonly because: unknown };
  /** From when the wait begins. */
  readonly deadline: Duration;
}

/** A wait that goes on, as its run keeps it. */
const awaiting = z.object({
  since: z.string(),
  until: z.string(),
  /** The part of the condition that does not hold, and what it saw. */
  because: z.unknown(),
  /** When the condition became true; the run is due since then. */
  metAt: z.string().nullable(),
  /** The item was changed after the deadline and before anybody looked: that does not count any more. */
  isOver: z.boolean(),
});
type Awaiting = z.output<typeof awaiting>;

/** Undefined when it is none. */
export function readAwaiting(result: unknown): Awaiting | undefined {
  return awaiting.safeParse(result).data;
}

interface Beginning {
  readonly facts: RunFacts;
  readonly at: Instant;
  /** Whose working hours the rule respects: a deadline in days counts working days, and comes in working time (semantics.md 5.4). */
  readonly hours: readonly ('company' | 'responsible')[];
}

/** A wait begins; `metAt` when there is nothing to be waited for. */
export function beginAwaiting(awaited: Awaited, { facts, at, hours }: Beginning): Awaiting {
  const { holds, because } = awaited.asks(facts, at);
  const until = deadlineOf(awaited.deadline, { facts, at, hours });
  return { since: iso(at), until: iso(until), because, metAt: holds ? iso(at) : null, isOver: false };
}

/** What becomes of a wait by a change of the item; null: nothing. Pure, asked in the transaction of the change. */
export function noticeChange(
  awaiting: Awaiting,
  { asks }: Pick<Awaited, 'asks'>,
  { facts, at }: Omit<Beginning, 'hours'>,
): Awaiting | null {
  if (awaiting.metAt !== null || awaiting.isOver) return null;
  if (at > Date.parse(awaiting.until)) return { ...awaiting, isOver: true };
  const { holds, because } = asks(facts, at);
  if (holds) return { ...awaiting, because: null, metAt: iso(at) };
  return JSON.stringify(because) === JSON.stringify(awaiting.because) ? null : { ...awaiting, because };
}

/** When a run that waits so is to be looked at. */
export function dueOf({ metAt, until }: Awaiting): Instant {
  return Date.parse(metAt ?? until);
}

/**
 * How a wait has ended, and when; null: it goes on. At the deadline the condition is asked once more, for what makes it true without a
 * change of the item: a date that comes near, a rate of exchange.
 */
export function endOfAwaiting(
  { metAt, until, isOver }: Awaiting,
  { asks }: Pick<Awaited, 'asks'>,
  { facts, at }: Omit<Beginning, 'hours'>,
): { readonly outcome: 'condition' | 'deadline'; readonly at: Instant } | null {
  if (metAt !== null) return { outcome: 'condition', at: Date.parse(metAt) };
  const end = Math.min(at, Date.parse(until));
  if (!isOver && asks(facts, end).holds) return { outcome: 'condition', at: end };
  return end < at || end === Date.parse(until) ? { outcome: 'deadline', at: end } : null;
}

function deadlineOf(deadline: Duration, { facts, at, hours }: Beginning): Instant {
  const { calendar, timeZone } = facts.workspace;
  const plain = shift(at, deadline, { sign: 1, timeZone });
  if (calendar === null || !hours.includes('company')) return plain;
  const counted =
    deadline.unit === 'days' ? addWorkingDays(calendar, timeZone, { from: at, count: deadline.count }) : plain;
  return nextWorkingMoment(calendar, timeZone, counted ?? plain) ?? plain;
}

const iso = (at: Instant) => new Date(at).toISOString();
