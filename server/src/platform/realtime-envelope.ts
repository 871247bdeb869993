import { z } from 'zod';

const event = z.object({ topic: z.string(), kind: z.string(), id: z.number(), employeeId: z.number().optional() });
const envelope = z.object({
  from: z.string(),
  workspaceId: z.number(),
  events: z.array(event),
  bell: z.boolean().optional(),
});

/** What one process tells the others about one workspace. */
export interface Envelope {
  readonly from: string;
  readonly workspaceId: number;
  readonly events: readonly z.infer<typeof event>[];
  readonly bell?: boolean;
}

/** PostgreSQL refuses payloads of 8,000 bytes and more. */
const MAX_BYTES = 7_900;
/** More events of one topic than this at once say only that there were many. */
const MANY = 200;

/** As few payloads as will go, each below the limit; very many events of a topic become `{ kind: 'many' }`. */
export function packEnvelopes(envelopes: readonly Envelope[]): string[] {
  return [...byWorkspace(envelopes).values()].flatMap(split).map((packed) => JSON.stringify(packed));
}

/** Null for what is not ours. */
export function parseEnvelope(payload: string): Envelope | null {
  try {
    return envelope.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}

function byWorkspace(envelopes: readonly Envelope[]): Map<number, Envelope> {
  const merged = new Map<number, Envelope>();
  for (const one of envelopes) {
    const before = merged.get(one.workspaceId);
    merged.set(one.workspaceId, {
      from: one.from,
      workspaceId: one.workspaceId,
      events: before === undefined ? one.events : [...before.events, ...one.events],
      bell: one.bell === true || before?.bell === true,
    });
  }
  return merged;
}

function split(one: Envelope): Envelope[] {
  const events = summarise(one.events);
  const packed = { ...one, events };
  if (Buffer.byteLength(JSON.stringify(packed)) < MAX_BYTES || events.length < 2) return [packed];
  const half = Math.ceil(events.length / 2);
  return [
    ...split({ ...packed, events: events.slice(0, half) }),
    ...split({ ...packed, events: events.slice(half), bell: false }),
  ];
}

/** Very many events of one topic at once say only that there were many. */
export function summarise(events: Envelope['events']): Envelope['events'] {
  const counts = new Map<string, number>();
  for (const { topic } of events) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  const crowded = [...counts].filter(([, count]) => count > MANY).map(([topic]) => topic);
  if (crowded.length === 0) return events;
  return [
    ...events.filter(({ topic }) => !crowded.includes(topic)),
    ...crowded.map((topic) => ({ topic, kind: 'many', id: 0 })),
  ];
}
