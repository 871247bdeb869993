import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredChannel } from '../../../../../connections/channels.store.ts';
import type { Context } from '../../../../../platform/context.ts';
import { inWorkspace } from '../../../../../platform/db.ts';
import { isOrdered } from '../../../dialling/order-id.ts';
import type { CallEvent } from '../../../kept/call-event.ts';
import type { Line } from '../../../lines/line.ts';
import type { Packet } from '../ami/packet-reader.ts';
import { createExchange } from '../folding/exchange.ts';
import type { Change } from '../folding/telling.ts';
import { readAmiEvent } from '../reading/read-ami-event.ts';
import { createEventTimes } from './event-times.ts';
import { createFeed } from './feed.ts';
import { listOpenCalls } from './lines.store.ts';
import { type Manager, openManager } from './manager.ts';
import { managerOf, siteOf } from './manager-settings.ts';
import { openSocket } from './open-socket.ts';
import { readLiving } from './read-living.ts';
import { textOf } from './text-of.ts';
import { toCallEvent } from './to-call-event.ts';

/** Follows the exchange of one line, over as many connections as it takes. */
export interface Follower {
  /** One connection, from logging in to its end; `onUp` when it is up and the calls are as the exchange has them. Throws why it ended. */
  connect(onUp: () => Promise<void>): Promise<never>;
  stop(): Promise<void>;
}

/** A call that was ordered a moment ago may not have reached the exchange; one that the exchange told of has. */
const JUST_ORDERED_MS = 60_000;
const STOPPING_MS = 5_000;

export function createFollower(context: Context, channel: StoredChannel, line: Line): Follower {
  const { workspaceId, id: lineId } = channel;
  const of = whatIsOf(channel, line);
  const exchange = createExchange(of.site);
  const feed = createFeed(context, { workspaceId, lineId });
  let manager: Manager | undefined;
  let stopped = false;

  const put = (changes: readonly Change[]) => {
    const events = changes.flatMap((change) => toCallEvent(change, of) ?? []);
    for (const { kind, call } of changes) if (kind === 'ended') of.joined.delete(call.id);
    return feed.put(events);
  };

  // What ended while nobody listened ends now; what is new begins.
  const catchUp = async (connected: Manager, seen: ReadonlySet<string>) => {
    const now = context.clock.now();
    const living = await readLiving(connected, now);
    if (living === undefined) return;
    const heard = new Set(exchange.calls());
    const begun = living.events.flatMap(({ event, at }) => exchange.take(event, at));
    for (const id of exchange.calls()) if (!heard.has(id)) of.joined.add(id);
    await put([...begun, ...exchange.endOthers(new Set([...living.ids, ...seen]), now)]);
    await feed.written();
    const open = await inWorkspace(context.databases.app, workspaceId, (tx) => listOpenCalls(tx, lineId));
    await feed.put(endsOf(open, { known: new Set(exchange.calls()), now }));
  };

  return {
    async connect(onUp) {
      const times = createEventTimes(context.clock, { isIdle: () => exchange.size.calls === 0 });
      const seen = new Set<string>();
      let isUp = false;
      const take = (events: readonly Packet[]) =>
        put(
          events.flatMap((packet) => {
            const at = times.at(packet.get('timestamp'));
            return readAmiEvent(packet).flatMap((event) => {
              if (!isUp) seen.add(event.channel.id);
              return exchange.take(event, at);
            });
          }),
        );
      const socket = await openSocket(managerOf(channel, context.config), context.config);
      manager = await openManager(socket, managerOf(channel, context.config), { take });
      if (stopped) manager.close();
      try {
        await catchUp(manager, seen);
        isUp = true;
        seen.clear();
        await onUp();
        throw await manager.ended;
      } finally {
        // Whatever it was, the next connection is the only one.
        manager.close();
      }
    },
    async stop() {
      stopped = true;
      manager?.close();
      // A database that is away is not waited for: whoever follows the line next asks the exchange what has ended.
      await Promise.race([feed.written(), sleep(STOPPING_MS, undefined, { ref: false })]);
      feed.stop();
    },
  };
}

function whatIsOf(channel: StoredChannel, line: Line) {
  const { otherPhones, recordingUrl } = channel.settings;
  const settings = { otherPhones: otherPhones !== false, recordingUrl: textOf(recordingUrl) };
  return { ...settings, line, site: siteOf(channel, line), joined: new Set<string>() };
}

// Of calls that are open here, and that the exchange knows nothing of any more.
function endsOf(
  open: Awaited<ReturnType<typeof listOpenCalls>>,
  { known, now }: { known: ReadonlySet<string>; now: Date },
): CallEvent[] {
  return open.flatMap(({ sourceCallId, startedAt }) => {
    const isJustOrdered = isOrdered(sourceCallId) && now.getTime() - startedAt.getTime() < JUST_ORDERED_MS;
    if (known.has(sourceCallId) || isJustOrdered) return [];
    return { sourceCallId, kind: 'ended' as const, at: now, statusCode: 'unknown' };
  });
}
