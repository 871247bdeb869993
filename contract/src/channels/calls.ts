import { z } from 'zod';
import { id, idInPath, listOf, pageQuery, person, personRef, reason, time } from '../common.ts';

export const callStates = ['ringing', 'answered', 'ended', 'missed', 'failed'] as const;
export const callState = z.enum(callStates);
export const callDirection = z.enum(['incoming', 'outgoing']);

/** Longer than any telephone number is, however it is written; whatever it says is checked after. */
const number = z
  .string()
  .trim()
  .min(1, 'Give the number of the client')
  .max(60, 'A telephone number has at most 15 digits');

/** An exchange, or the sandbox phone, tells of a call (interfaces.md, `POST /calls`). */
export const callBody = z.strictObject({
  line: z.union([id, z.string().min(1).max(200)], 'A line: its id, number or name'),
  direction: callDirection,
  /** Left out or null: withheld. */
  number: number.nullish(),
  /** Who calls, or whose phone rings; of an outgoing call the caller of this route, if it is left out. */
  employee: personRef.optional(),
  /** The item that the call is made from. */
  item: id.optional(),
  /** The exchange's own id of the call: the same again is the same call. */
  externalId: z.string().min(1).max(200).optional(),
});
export const callMade = z.object({ id });

export const callPatch = z.strictObject({
  state: z.enum(['answered', 'ended']).optional(),
  /** Talk, in seconds; with `ended`. */
  duration: z.number().min(0).max(604_800).optional(),
  /** With `ended`: nobody answered. */
  missed: z.boolean().optional(),
  /** Who took it; with `answered`. */
  employee: personRef.optional(),
  statusCode: z.string().max(40).optional(),
  /** What was talked about. */
  note: z.string().max(20_000).optional(),
});

export const dialBody = z.strictObject({
  number,
  /** Left out: the first of the caller's lines that can. */
  line: id.optional(),
  item: id.optional(),
});
export const dialLines = z.object({
  data: z.array(z.object({ id, name: z.string(), number: z.string().nullable() })),
});

/** What the client does at the other end of a call of the sandbox. */
export const clientActBody = z.strictObject({ do: z.enum(['answer', 'hang-up']) });

export const statisticsQuery = z.strictObject({
  line: idInPath.optional(),
  days: z.coerce.number<string>().int().min(1).max(366).default(30),
});
/** By the hour of the day at which calls began, in the workspace's time zone; hours without any are left out. */
export const callStatistics = z.object({
  data: z.array(
    z.object({
      hour: z.int().min(0).max(23),
      answered: z.int(),
      missed: z.int(),
      outgoing: z.int(),
      waitingSeconds: z.number(),
    }),
  ),
});

/** How the lines are heard. */
export const lineStates = z.object({
  data: z.array(
    z.object({
      line: id,
      /** Since when Signalbox is logged in to its exchange; null: it is not, or calls of this line come by themselves. */
      connectedSince: time.nullable(),
      lastCallAt: time.nullable(),
    }),
  ),
});

export const rebindCallBody = z.strictObject({ item: id });

const client = z.object({ kind: z.enum(['contact', 'company']), id, name: z.string() });

export const call = z.object({
  id,
  line: id,
  lineName: z.string(),
  direction: callDirection,
  /** E.164, or what a short number is; null: withheld. */
  number: z.string().nullable(),
  client: client.nullable(),
  /** Who talked last, or whose phone rang alone. */
  employee: person.nullable(),
  /** Who talked, in their order; of a call that was transferred there are several. */
  employees: z.array(person),
  items: z.array(z.object({ id, title: z.string(), type: z.string() })),
  startedAt: time,
  answeredAt: time.nullable(),
  endedAt: time.nullable(),
  talkSeconds: z.int().nullable(),
  waitingSeconds: z.int().nullable(),
  state: callState,
  statusCode: z.string().nullable(),
  afterHours: z.boolean(),
  note: z.string(),
  /** What was recorded of it; null: nothing, or nothing any more. */
  recording: z
    .object({
      state: z.enum(['waiting', 'kept', 'failed']),
      name: z.string(),
      size: z.int(),
      error: z.string().nullable(),
      /** Why it is not there, or not yet. */
      reason: reason.nullable(),
    })
    .nullable(),
  /** Of a missed call: who talked to the client after all, and when. */
  returned: z.object({ call: id, at: time, by: person.nullable() }).nullable(),
});
export type Call = z.infer<typeof call>;
export const calls = listOf(call);

/** A call that rings at the caller's, or that they are in. */
export const liveCall = z.object({
  ...call.shape,
  /** It may be taken in the browser; otherwise the caller's telephone rings. */
  inBrowser: z.boolean(),
  /** The client's open items that the caller may see. */
  openItems: z.array(z.object({ id, title: z.string(), type: z.string(), stage: z.string() })),
  /** When the client and the company last dealt with each other, before this call. */
  lastContact: time.nullable(),
});
export type LiveCall = z.infer<typeof liveCall>;
export const liveCalls = z.object({ data: z.array(liveCall) });

export const callsQuery = z.strictObject({
  ...pageQuery,
  item: idInPath.optional(),
  /** A contact by its id, or `company:7`. */
  client: z
    .string()
    .regex(/^((contact|company):)?\d{1,15}$/, 'A client, like 5, contact:5 or company:7')
    .optional(),
  line: idInPath.optional(),
  state: callState.optional(),
  direction: callDirection.optional(),
  /** `1`: missed and not called back yet. */
  unreturned: z.literal('1').optional(),
  /** A part of the number, or of the client's name. */
  q: z.string().trim().min(1).max(200).optional(),
});
