import { z } from 'zod';

/** An event of GET /stream: ids only, the browser fetches what it may see. `kind: 'many'` = fetch the topic anew. */
export const streamEvent = z.object({ topic: z.string(), kind: z.string(), id: z.int() });
export type StreamEvent = z.infer<typeof streamEvent>;
