import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Announcement, type Topic, topics } from '@signalbox/contract/topics.ts';
import { afterCommit, getCommit } from './after-commit.ts';
import type { Databases } from './db.ts';
import { type Envelope, packEnvelopes, parseEnvelope, summarise } from './realtime-envelope.ts';

/** Ids only: browsers fetch what they may see. `employeeId` set = for that person alone. */
export interface RealtimeEvent {
  readonly topic: string;
  readonly kind: string;
  readonly id: number;
  readonly employeeId?: number;
}

type Listener = (event: RealtimeEvent) => void;
type BellListener = (workspaceId: number) => void;

export interface Realtime {
  publish(workspaceId: number, events: readonly RealtimeEvent[]): void;
  subscribe(workspaceId: number, employeeId: number, listener: Listener): () => void;
  /** The engine listens here: a workspace has signals waiting. */
  onBell(listener: BellListener): () => void;
  ring(workspaceId: number): void;
}

/** The link to the other processes: one `pg_notify` channel. */
export interface RealtimeLink {
  send(payloads: readonly string[]): Promise<void>;
  onMessage(listener: (payload: string) => void): void;
}

/** At most one round of notices every so often a process (architecture.md, Realtime). */
const GATHER_MS = 5;

/** Events reach listeners of this process at once, other processes by `link`. */
export function createRealtime(
  { app, system }: Pick<Databases, 'app' | 'system'>,
  link: RealtimeLink | null,
): Realtime {
  const local = createLocal();
  const outgoing = link === null ? null : createOutgoing(link);
  link?.onMessage((payload) => {
    const envelope = parseEnvelope(payload);
    if (envelope === null || envelope.from === processId) return;
    local.deliver(envelope);
  });
  const realtime: Realtime = {
    publish(workspaceId, events) {
      if (events.length === 0) return;
      const envelope = { from: processId, workspaceId, events: summarise(events) };
      local.deliver(envelope);
      outgoing?.add(envelope);
    },
    subscribe: local.subscribe,
    onBell: local.onBell,
    ring(workspaceId) {
      const envelope = { from: processId, workspaceId, events: [], bell: true };
      if (local.hearsBells()) local.deliver(envelope);
      else outgoing?.add(envelope);
    },
  };
  for (const database of [app, system]) attached.set(database, realtime);
  return realtime;
}

interface Reach {
  /** For this person alone. */
  readonly employeeId?: number | undefined;
  /** Needed in transactions of the system role, which have none. */
  readonly workspaceId?: number;
}

/** Tells browsers about a change once `tx` is committed. */
export function announce<T extends Topic>(tx: object, announcement: Announcement<T> & Reach): void {
  const { topic, kind, employeeId } = announcement;
  const event = { topic, kind, id: announcement[topics[topic]], ...(employeeId !== undefined && { employeeId }) };
  const known = announced.get(tx);
  if (known !== undefined) {
    known.push(event);
    return;
  }
  const events = [event];
  announced.set(tx, events);
  withRealtime(tx, (realtime, workspaceId) => {
    announced.delete(tx);
    const id = workspaceId ?? announcement.workspaceId;
    if (id !== undefined) realtime.publish(id, events);
  });
}

/** Wakes the engine once `tx` is committed. */
export function ringAfterCommit(tx: object): void {
  ringing.add(tx);
  withRealtime(tx, (realtime, workspaceId) => {
    if (workspaceId !== null) realtime.ring(workspaceId);
  });
}

/** Whether the engine will be woken by what `tx` has done so far. */
export function willRing(tx: object): boolean {
  return ringing.has(tx);
}

const ringing = new WeakSet<object>();
const processId = randomUUID().slice(0, 8);
const attached = new WeakMap<object, Realtime>();
const announced = new WeakMap<object, RealtimeEvent[]>();

function withRealtime(tx: object, work: (realtime: Realtime, workspaceId: number | null) => void): void {
  const { database, workspaceId } = getCommit(tx);
  afterCommit(tx, () => {
    const realtime = attached.get(database);
    if (realtime !== undefined) work(realtime, workspaceId);
  });
}

function createLocal() {
  const rooms = new Map<number, Set<{ employeeId: number; listener: Listener }>>();
  const bells = new Set<BellListener>();
  return {
    deliver({ workspaceId, events, bell }: Envelope) {
      if (bell) for (const listener of bells) listener(workspaceId);
      const room = rooms.get(workspaceId);
      if (room === undefined) return;
      for (const event of events)
        for (const { employeeId, listener } of room)
          if (event.employeeId === undefined || event.employeeId === employeeId) listener(event);
    },
    subscribe(workspaceId: number, employeeId: number, listener: Listener) {
      const room = rooms.get(workspaceId) ?? new Set();
      rooms.set(workspaceId, room);
      const seat = { employeeId, listener };
      room.add(seat);
      return () => {
        room.delete(seat);
        if (room.size === 0) rooms.delete(workspaceId);
      };
    },
    hearsBells: () => bells.size > 0,
    onBell(listener: BellListener) {
      bells.add(listener);
      return () => {
        bells.delete(listener);
      };
    },
  };
}

function createOutgoing(link: RealtimeLink) {
  let waiting: Envelope[] = [];
  let isFlushing = false;
  const flush = async () => {
    while (waiting.length > 0) {
      await sleep(GATHER_MS);
      const payloads = packEnvelopes(waiting);
      waiting = [];
      await link.send(payloads);
    }
    isFlushing = false;
  };
  return {
    add(envelope: Envelope) {
      waiting.push(envelope);
      if (isFlushing) return;
      isFlushing = true;
      void flush();
    },
  };
}
