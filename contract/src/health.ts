import { z } from 'zod';

export const backlog = z.object({
  signals: z.int(),
  oldestSeconds: z.number(),
  runsDue: z.int(),
  deliveriesDue: z.int(),
  /** Channels whose provider keeps failing; what they were to send waits. */
  channelsPaused: z.int(),
  /** Signals that failed alone three times; `GET /api/v1/signals/undecidable` says why. */
  undecidable: z.int(),
  /** Mail that came in and could not be read as its writer meant it; it is kept whole and shown as it is. */
  mailUnreadable: z.int(),
});
/** GET /healthz */
export const health = z.looseObject({ status: z.string(), database: z.string(), backlog });
export type Health = z.infer<typeof health>;
