import { insertNotifications, type NewNotification } from '../../collaboration/notifications/notifications.store.ts';
import { appendTimeline, type NewTimelineEntry } from '../../crm/timeline/append-timeline.store.ts';
import type { Tx } from '../../platform/db.ts';

/** Rows that rules have made and nobody has written yet: each kind goes out in one statement (architecture.md, Runs). */
export interface Effects {
  readonly notifications: NewNotification[];
  readonly timeline: NewTimelineEntry[];
}

export function noEffects(): Effects {
  return { notifications: [], timeline: [] };
}

export function addEffects(all: Effects, more: Effects): void {
  all.notifications.push(...more.notifications);
  all.timeline.push(...more.timeline);
}

/** Writes them, tells the browsers, and leaves the lists empty. */
export async function writeEffects(tx: Tx, effects: Effects): Promise<void> {
  const notifications = effects.notifications.splice(0);
  const timeline = effects.timeline.splice(0);
  await insertNotifications(tx, notifications);
  await appendTimeline(tx, timeline);
}
