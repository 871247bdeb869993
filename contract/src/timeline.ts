import { z } from 'zod';
import { id, listOf, pageQuery, person, time } from './common.ts';

/** Every kind of entry that the server writes, a line a family; the web has a drawing for each (timeline-kinds.test.ts). */
export const timelineKinds = [
  ...(['comment', 'created', 'moved', 'converted', 'made-of-lead'] as const),
  ...(['made-item', 'made-of-item', 'client-changed'] as const),
  ...(['email', 'email-opened', 'email-clicked', 'email-bounced'] as const),
  ...(['call'] as const),
  ...(['task', 'task-status'] as const),
  ...(['undone'] as const),
  ...(['rule-failed', 'delivery-failed', 'delivery-uncertain', 'delivery-paused'] as const),
  ...(['planned-changed'] as const),
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export function isTimelineKind(kind: string): kind is TimelineKind {
  return timelineKinds.some((known) => known === kind);
}

/** An entry of an item's timeline; other keys belong to its kind (`moved`: from, to, trigger, signal, by). */
export const timelineEntry = z.looseObject({
  id,
  kind: z.string(),
  at: time,
  author: person.nullable(),
  text: z.string(),
  from: z.string().nullish(),
  to: z.string().nullish(),
  trigger: z.string().nullish(),
  rule: z.string().nullish(),
  signal: id.nullish(),
  by: person.nullish(),
  /** The run whose work was taken back by this. */
  undoes: id.nullish(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;
export const timeline = listOf(timelineEntry);
export const timelineQuery = z.strictObject(pageQuery);

export const historyEntry = z.object({
  id,
  at: time,
  author: person.nullable(),
  field: z.string(),
  from: z.json(),
  to: z.json(),
  /** A field that the caller may not see: neither value is told. */
  hidden: z.boolean(),
  trigger: z.string().nullable(),
  rule: z.string().nullable(),
  /** The run whose work was taken back by this. */
  undoes: id.nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;
export const history = listOf(historyEntry);

export const commentBody = z.strictObject({ text: z.string().trim().min(1, 'Must not be empty').max(20_000) });
