import { z } from 'zod';
import strings from './call.strings.json' with { type: 'json' };
import { channelRef, defineSignal, employeeRef } from './define-signal.ts';

const call = {
  callId: z.number().int().optional(),
  line: channelRef.optional(),
  lineNumber: z.string().optional(),
  number: z.string().optional(),
  employee: employeeRef.optional(),
  /** The line's setting: whether the start or the end of the call moves items. */
  countsAt: z.enum(['start', 'end']).optional(),
  /** By the line's working hours. */
  afterHours: z.boolean().optional(),
};
const direction = z.enum(['incoming', 'outgoing']);
const line = { external: true, tie: 'either', channelKind: 'phone-line', multiClient: 'all' } as const;

export const callStarted = defineSignal({
  ...line,
  kind: 'call.started',
  strings,
  channelOf: (started) => started.line,
  schema: z.looseObject({ ...call, direction: direction.default('incoming') }),
});

export const callEnded = defineSignal({
  ...line,
  kind: 'call.ended',
  strings,
  channelOf: (ended) => ended.line,
  schema: z.looseObject({
    ...call,
    direction: direction.default('outgoing'),
    talkSeconds: z.number().min(0).optional(),
    waitingSeconds: z.number().min(0).optional(),
    answered: z.boolean().optional(),
  }),
});

export const callMissed = defineSignal({
  ...line,
  kind: 'call.missed',
  strings,
  channelOf: (missed) => missed.line,
  schema: z.looseObject({
    ...call,
    waitingSeconds: z.number().min(0).optional(),
    statusCode: z.union([z.number(), z.string()]).optional(),
  }),
});
