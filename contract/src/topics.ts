/**
 * What GET /stream tells of, and whose id an event of each topic carries. Each topic has one meaning of its id; 0 means
 * several of them, or all. A new topic is announced by a command of the server and heard in `web/src/api/transport/stale-after.ts`.
 */
export const topics = {
  items: 'item',
  /** An entry was added to an item's timeline, or what an entry shows has changed. */
  timeline: 'item',
  /** Runs of rules on an item. */
  runs: 'item',
  /** What became of messages that left for the outside from an item. */
  deliveries: 'item',
  signals: 'signal',
  contacts: 'contact',
  companies: 'company',
  emails: 'email',
  calls: 'call',
  /** A telephone that rings, or a call that goes on: for those whose card shows it. */
  'live-calls': 'call',
  /** Something was kept in the sandbox of a channel instead of being sent. */
  sandbox: 'kept',
  notifications: 'notification',
  /** A task was made, changed, commented on or deleted. */
  tasks: 'task',
  /** The saved automation of a pipeline. */
  boards: 'pipeline',
  pipelines: 'pipeline',
  fields: 'field',
  'item-types': 'itemType',
  channels: 'channel',
  /** The exchange rates of the workspace. */
  currencies: 'workspace',
  people: 'employee',
  departments: 'department',
  /** Whoever looks through somebody else's eyes, or no longer does: for them alone. */
  eyes: 'employee',
  /** What people may do: a role was made, changed or deleted. */
  rights: 'role',
} as const;

export type Topic = keyof typeof topics;

/** An event as it is announced: its id stands under the name of what it belongs to, so that none is taken for another's. */
export type Announcement<T extends Topic> = { readonly topic: T; readonly kind: string } & Readonly<
  Record<(typeof topics)[T], number>
>;

export function isTopic(name: string): name is Topic {
  return Object.hasOwn(topics, name);
}
