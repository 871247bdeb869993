import { forwardedLetter } from '@signalbox/contract/channels/emails.ts';
import { z } from 'zod';

const stored = forwardedLetter.extend({ text: z.string() });

/** What the column `forwarded` holds: the client's letter inside a colleague's. */
export function readForwarded(column: unknown): z.infer<typeof stored> | null {
  return stored.nullable().parse(column ?? null);
}
