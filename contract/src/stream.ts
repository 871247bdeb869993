import { z } from 'zod';
import { isTopic, topics } from './topics.ts';

const names = Object.keys(topics).filter(isTopic);

/** An event of GET /stream: ids only, the browser fetches what it may see. `kind: 'many'` = fetch the topic anew. */
export const streamEvent = z.object({ topic: z.enum(names), kind: z.string(), id: z.int() });
export type StreamEvent = z.infer<typeof streamEvent>;
