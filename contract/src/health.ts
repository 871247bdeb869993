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
/** GET /healthz; `why` says in sentences what is wrong, also what does not keep this process from its work; nothing when all is well. */
export const health = z.looseObject({
  status: z.enum(['ok', 'failing']),
  database: z.enum(['ok', 'unreachable']),
  /** That of DATA_DIR. */
  disk: z.enum(['ok', 'full', 'unreachable']),
  why: z.array(z.string()),
  backlog,
});
export type Health = z.infer<typeof health>;
