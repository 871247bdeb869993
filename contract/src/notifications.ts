import { z } from 'zod';
import { id, listOf, pageQuery, person, time } from './common.ts';

export const notification = z.object({
  id,
  text: z.string(),
  sender: person.nullable(),
  item: id.nullable(),
  /** The task that it is about. */
  task: id.nullable(),
  at: time,
  readAt: time.nullable(),
});
export type Notification = z.infer<typeof notification>;
export const notifications = listOf(notification);
export const notificationsQuery = z.strictObject({ ...pageQuery, unread: z.enum(['true', 'false']).optional() });
