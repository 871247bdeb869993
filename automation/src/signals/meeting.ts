import { z } from 'zod';
import { defineSignal, employeeRef } from './define-signal.ts';
import strings from './meeting.strings.json' with { type: 'json' };

const visit = { visitId: z.number().int().optional(), employee: employeeRef.optional() };

export const visitStarted = defineSignal({
  kind: 'visit.started',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject(visit),
});

export const visitFinished = defineSignal({
  kind: 'visit.finished',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({ ...visit, seconds: z.number().min(0).optional() }),
});

export const bookingCreated = defineSignal({
  kind: 'booking.created',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({
    booking: z.number().int().optional(),
    resource: z.union([z.number().int(), z.string()]).optional(),
    from: z.string().optional(),
    to: z.string().optional(),
  }),
});
