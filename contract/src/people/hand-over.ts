import { z } from 'zod';
import { personRef } from '../common.ts';

/** What an employee is responsible for: what somebody takes over when they leave. */
export const holdings = z.object({
  items: z.int(),
  contacts: z.int(),
  companies: z.int(),
  /** Open ones, of which they are responsible or which they gave. */
  tasks: z.int(),
  /** Channels whose new leads go to them. */
  channels: z.array(z.string()),
  /** Triggers and rules that name them by their address, by pipeline. */
  rules: z.array(z.object({ pipeline: z.string(), count: z.int() })),
});
export type Holdings = z.infer<typeof holdings>;

export const handOverBody = z.strictObject({ to: personRef });
/** `left`: items that wait for the next call; ask again until there are none. */
export const handedOver = z.object({ items: z.int(), left: z.int() });
