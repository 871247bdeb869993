import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { findChannel, type StoredChannel } from '../../../../../connections/channels.store.ts';
import {
  countFailure,
  forgetFailures,
  listPaused,
  setPause,
} from '../../../../../connections/failing-channels.store.ts';
import type { Listener } from '../../../../../parts/part.ts';
import type { Context } from '../../../../../platform/context.ts';
import { inSystem, inWorkspace } from '../../../../../platform/db.ts';
import { announce } from '../../../../../platform/realtime.ts';
import { type Line, loadLine } from '../../../lines/line.ts';
import { reasonOf } from './down-reason.ts';
import { createFollower, type Follower } from './follower.ts';
import { type HeldLine, holdLines, releaseLines, setConnected } from './lines.store.ts';
import { LoginRefused } from './manager.ts';

const LOOK_EVERY_MS = 2_000;
/** A process that is gone or cut off from the database lets go of its lines in so long. */
const LEASE_MS = 15_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** Exchanges lock out whoever keeps trying a wrong password. */
const REFUSED_WAIT_MS = 5 * 60_000;

interface Followed extends Attempts {
  /** What it was begun with: other settings are another follower. */
  readonly settings: string;
}

interface Attempts {
  /** If it waits for the next attempt, it is made now. */
  again(): void;
  stop(): Promise<void>;
}

/** Follows the exchanges of all lines of a provider that no other process follows. */
export function keepLines(context: Context, provider: string): Listener {
  const holder = randomUUID();
  const followed = new Map<string, Followed>();
  const stopping = new AbortController();
  let heldUntil = 0;

  // Not waited for while lines are looked at: the leases of the others would run out.
  const leaving = new Set<Promise<void>>();
  const drop = (key: string) => {
    const gone = followed.get(key)?.stop();
    followed.delete(key);
    if (gone === undefined) return;
    leaving.add(gone);
    void gone.finally(() => leaving.delete(gone));
  };
  const look = async () => {
    const asked = performance.now();
    const held = await inSystem(context.databases.system, (tx) =>
      holdLines(tx, { provider, holder, leaseMs: LEASE_MS }),
    );
    heldUntil = asked + LEASE_MS;
    const keys = new Set(held.map(keyOf));
    for (const key of [...followed.keys()].filter((one) => !keys.has(one))) drop(key);
    for (const line of held) {
      const found = await load(context, line);
      if (found === undefined) continue;
      const settings = JSON.stringify([found.channel, found.line]);
      const known = followed.get(keyOf(line));
      // Somebody has said that it works again.
      if (!found.isPaused) known?.again();
      if (known?.settings === settings) continue;
      drop(keyOf(line));
      if (!stopping.signal.aborted) followed.set(keyOf(line), { settings, ...follow(context, found) });
    }
  };
  const work = async () => {
    while (!stopping.signal.aborted) {
      await look().catch((error: unknown) => {
        context.log.warn({ err: error }, 'the lines that are to be followed could not be read; tried again');
        if (performance.now() > heldUntil) for (const key of [...followed.keys()]) drop(key);
      });
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const working = work();
  return {
    async stop() {
      stopping.abort();
      await working;
      for (const key of [...followed.keys()]) drop(key);
      await Promise.all(leaving);
      await inSystem(context.databases.system, (tx) => releaseLines(tx, holder));
    },
  };
}

const keyOf = ({ workspaceId, lineId }: HeldLine) => `${workspaceId} ${lineId}`;

interface Found {
  readonly channel: StoredChannel;
  readonly line: Line;
  readonly isPaused: boolean;
}

function load({ databases }: Context, { workspaceId, lineId }: HeldLine): Promise<Found | undefined> {
  return inWorkspace(databases.app, workspaceId, async (tx) => {
    const [channel, line] = [await findChannel(tx, lineId), await loadLine(tx, lineId)];
    const isPaused = (await listPaused(tx)).some(({ channelId }) => channelId === lineId);
    return channel === undefined || line === undefined ? undefined : { channel, line, isPaused };
  });
}

// Again and again, each time after a longer wait, until it is stopped.
function follow(context: Context, { channel, line }: Found): Attempts {
  const stopping = new AbortController();
  const follower = createFollower(context, channel, line);
  let waiting: AbortController | undefined;
  const wait = async (ms: number) => {
    waiting = new AbortController();
    const signal = AbortSignal.any([waiting.signal, stopping.signal]);
    await sleep(ms, undefined, { signal }).catch(() => {});
    waiting = undefined;
  };
  const working = connectAgain(context, { channel, follower, signal: stopping.signal, wait });
  return {
    again: () => waiting?.abort(),
    async stop() {
      stopping.abort();
      await follower.stop();
      await working;
    },
  };
}

interface Following {
  readonly channel: StoredChannel;
  readonly follower: Follower;
  readonly signal: AbortSignal;
  wait(ms: number): Promise<void>;
}

async function connectAgain(context: Context, { channel, follower, signal, wait }: Following): Promise<void> {
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    const onUp = async () => {
      waitMs = FIRST_WAIT_MS;
      await tellUp(context, channel);
    };
    const error: unknown = await follower.connect(onUp).catch((thrown: unknown) => thrown);
    if (signal.aborted) return;
    const thisWait = error instanceof LoginRefused ? REFUSED_WAIT_MS : waitMs * (0.75 + Math.random() / 2);
    context.log.warn({ err: error, line: channel.id }, 'the exchange of a line is not connected; tried again');
    await tellDown(context, channel, { error, waitMs: thisWait }).catch((failed: unknown) =>
      context.log.warn({ err: failed, line: channel.id }, 'that an exchange is not connected could not be kept'),
    );
    await wait(thisWait);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

function tellUp({ databases, clock, log }: Context, { workspaceId, id, name }: StoredChannel): Promise<void> {
  return inWorkspace(databases.app, workspaceId, async (tx) => {
    await forgetFailures(tx, id);
    await setConnected(tx, id, clock.now());
    announce(tx, { topic: 'channels', kind: 'resumed', channel: id });
    log.info({ line: id }, `the exchange of the line "${name}" is connected`);
  });
}

interface Down {
  readonly error: unknown;
  readonly waitMs: number;
}

function tellDown({ databases, clock }: Context, channel: StoredChannel, { error, waitMs }: Down): Promise<void> {
  return inWorkspace(databases.app, channel.workspaceId, async (tx) => {
    const now = clock.now();
    const { failures } = await countFailure(tx, { channelId: channel.id, reason: reasonOf(error, channel), now });
    const until = new Date(now.getTime() + waitMs);
    await setConnected(tx, channel.id, null);
    await setPause(tx, channel.id, { pauses: failures, at: now, until, probeId: null });
    announce(tx, { topic: 'channels', kind: 'paused', channel: channel.id });
  });
}
