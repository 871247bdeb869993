import { z } from 'zod';
import type { CallEvent, CallState, Direction, EmployeeRef } from './call-event.ts';

// A phone that rings again and again makes a leg each time; more than these are told as one.
const MOST_LEGS = 100;
const REST = '…';
const WEEK_SECONDS = 7 * 86_400;

const moment = z.number();
const said = <T extends z.ZodType>(value: T) => z.object({ value, at: moment }).optional();
const leg = z.object({
  ringing: moment.optional(),
  answered: moment.optional(),
  ended: moment.optional(),
  machine: z.literal(true).optional(),
  employee: said(z.union([z.object({ id: z.number() }), z.object({ extension: z.string() })])),
});
type Leg = z.infer<typeof leg>;

/** Everything that was said of a call: the same whatever the order of the events, and however often each came. */
export const callFold = z.object({
  first: moment.optional(),
  ended: moment.optional(),
  direction: said(z.enum(['incoming', 'outgoing'])),
  number: said(z.string()),
  outcome: said(z.enum(['answered', 'missed', 'failed'])),
  talkSeconds: said(z.number()),
  statusCode: said(z.string()),
  legs: z.record(z.string(), leg),
});
export type CallFold = z.infer<typeof callFold>;

export const emptyFold: CallFold = { legs: {} };

/** The events of a call so far and one more. Pure; what is said twice changes nothing. */
export function addEvent(fold: CallFold, event: CallEvent): CallFold {
  const at = event.at.getTime();
  const { direction, kind } = event;
  return {
    first: earliest(fold.first, at),
    ended: kind === 'ended' ? earliest(fold.ended, at) : fold.ended,
    direction: sooner(fold.direction, direction === 'internal' ? undefined : direction, at),
    number: sooner(fold.number, event.number ?? undefined, at),
    outcome: sooner(fold.outcome, event.outcome, at),
    talkSeconds: sooner(fold.talkSeconds, seconds(event.talkSeconds), at),
    statusCode: sooner(fold.statusCode, event.statusCode, at),
    legs: addToLegs(fold.legs, event),
  };
}

function addToLegs(legs: CallFold['legs'], event: CallEvent): CallFold['legs'] {
  if (event.kind === 'ended') return legs;
  const asked = event.leg ?? '';
  const name = Object.hasOwn(legs, asked) || Object.keys(legs).length < MOST_LEGS ? asked : REST;
  return { ...legs, [name]: addToLeg(legs[name] ?? {}, event) };
}

function addToLeg(known: Leg, { kind, at, employee, voicemail }: CallEvent): Leg {
  const when = at.getTime();
  return {
    ringing: kind === 'ringing' ? earliest(known.ringing, when) : known.ringing,
    answered: kind === 'answered' ? earliest(known.answered, when) : known.answered,
    ended: kind === 'leg-ended' ? earliest(known.ended, when) : known.ended,
    machine: voicemail ? true : known.machine,
    employee: sooner(known.employee, employee, when),
  };
}

function earliest(one: number | undefined, other: number): number {
  return one === undefined ? other : Math.min(one, other);
}

interface Said<T> {
  readonly value: T;
  readonly at: number;
}

// Of two that contradict each other the earlier holds; of the same moment, whichever comes first in writing.
function sooner<T>(known: Said<T> | undefined, value: T | undefined, at: number): Said<T> | undefined {
  if (value === undefined) return known;
  if (known === undefined || at < known.at) return { value, at };
  return at === known.at && JSON.stringify(value) < JSON.stringify(known.value) ? { value, at } : known;
}

function seconds(given: number | undefined): number | undefined {
  if (given === undefined || !Number.isFinite(given)) return undefined;
  return Math.min(Math.max(Math.round(given), 0), WEEK_SECONDS);
}

export interface CallFacts {
  readonly direction: Direction;
  /** As it was said; null: nobody has. */
  readonly number: string | null;
  readonly startedAt: Date;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
  /** Known once it has ended. */
  readonly talkSeconds: number | null;
  /** Until somebody answered, or until it ended. */
  readonly waitingSeconds: number | null;
  readonly state: CallState;
  readonly statusCode: string | null;
  /** Who talked, in the order in which they took it. */
  readonly talked: readonly EmployeeRef[];
  /** Whose phones rang, or who called. */
  readonly rang: readonly EmployeeRef[];
}

/** What a person would say of the call. A clock that jumps gives no negative seconds, and none beyond a week. Pure. */
export function tellCall(fold: CallFold): CallFacts {
  const legs = Object.values(fold.legs);
  const started = fold.first ?? 0;
  const ended = fold.ended ?? null;
  const answered = answeredAt(fold, legs, { started, ended });
  return {
    direction: fold.direction?.value ?? 'incoming',
    number: fold.number?.value ?? null,
    startedAt: new Date(started),
    answeredAt: answered === null ? null : new Date(answered),
    endedAt: ended === null ? null : new Date(ended),
    talkSeconds: ended === null ? null : answered === null ? 0 : (fold.talkSeconds?.value ?? between(answered, ended)),
    waitingSeconds: answered === null && ended === null ? null : between(started, answered ?? ended ?? started),
    state: stateOf(fold, { answered, ended }),
    statusCode: fold.statusCode?.value ?? null,
    talked: employeesOf(legs.filter(isTalk), ({ answered: at }) => at),
    rang: employeesOf(legs, ({ ringing, answered: at }) => ringing ?? at),
  };
}

function isTalk({ answered, machine }: Leg): boolean {
  return answered !== undefined && machine !== true;
}

function answeredAt(
  { outcome, talkSeconds }: CallFold,
  legs: readonly Leg[],
  { started, ended }: { started: number; ended: number | null },
): number | null {
  if (outcome?.value === 'missed' || outcome?.value === 'failed') return null;
  const moments = legs.filter(isTalk).flatMap(({ answered }) => answered ?? []);
  if (moments.length > 0) return Math.min(...moments);
  const talked = talkSeconds?.value ?? 0;
  if (ended === null || (talked === 0 && outcome?.value !== 'answered')) return null;
  return Math.max(ended - talked * 1_000, started);
}

function stateOf(
  { direction, outcome }: CallFold,
  { answered, ended }: { answered: number | null; ended: number | null },
): CallState {
  if (ended === null) return answered === null ? 'ringing' : 'answered';
  if (answered !== null) return 'ended';
  return direction?.value === 'outgoing' || outcome?.value === 'failed' ? 'failed' : 'missed';
}

function between(from: number, to: number): number {
  return Math.min(Math.max(Math.round((to - from) / 1_000), 0), WEEK_SECONDS);
}

function employeesOf(legs: readonly Leg[], when: (leg: Leg) => number | undefined): EmployeeRef[] {
  const inOrder = legs.toSorted((one, other) => (when(one) ?? 0) - (when(other) ?? 0));
  const refs = inOrder.flatMap(({ employee }) => employee?.value ?? []);
  return [...new Map(refs.map((ref) => [JSON.stringify(ref), ref])).values()];
}
