import { setTimeout as sleep } from 'node:timers/promises';
import { reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import { findChannel, type StoredChannel } from '../../../connections/channels.store.ts';
import type { Config } from '../../../platform/config/config.ts';
import type { Context } from '../../../platform/context.ts';
import { inSystem, inWorkspace } from '../../../platform/db.ts';
import { createStorage } from '../../../platform/files/create-storage.ts';
import { findCall } from '../kept/calls.store.ts';
import { claimDue, type Due, setRecording } from '../kept/recordings.store.ts';
import { announceRecording } from '../telling/announce-call.ts';
import { fetchGuarded, type Login } from './fetch-guarded.ts';
import { keepRecording, MAX_RECORDING_BYTES } from './keep-recording.ts';
import { whyNotKept } from './why-not-kept.ts';

/** Of all workspaces, and of one: those that are slow leave room for others. */
const AT_ONCE = 12;
const AT_ONCE_OF_ONE = 3;
const PATIENT_MS = 1_000;
const MINUTE_MS = 60_000;
const MOST_TRIES = 6;
/** Whoever drips a recording is not waited for. */
const TIMEOUT_MS = 5 * MINUTE_MS;

interface Fetching {
  readonly sources: readonly {
    readonly provider: string;
    recordingLogin?(config: Config, channel: StoredChannel, url: URL): Login | undefined;
  }[];
  readonly limitBytes: number;
}

/**
 * Fetches recordings that were told by their address, and waits a moment for them: whoever drips one is not waited for by others. Answers how many
 * were begun.
 */
export async function fetchRecordings(
  context: Context,
  sources: Fetching['sources'],
  { limitBytes = MAX_RECORDING_BYTES, patientMs = PATIENT_MS } = {},
): Promise<number> {
  const { databases, clock, log } = context;
  const now = clock.now();
  const busy = busyOf(databases.app);
  const free = AT_ONCE - [...busy.values()].reduce((sum, count) => sum + count, 0);
  if (free <= 0) return 0;
  const again = new Date(now.getTime() + 2 * TIMEOUT_MS);
  const claiming = { now, again, limit: free, ofOne: AT_ONCE_OF_ONE, except: [...busy.keys()] };
  const due = await inSystem(databases.system, (tx) => claimDue(tx, claiming));
  const working = due.map(async (one) => {
    count(busy, one.workspaceId, 1);
    await fetchOne(context, { sources, limitBytes }, one)
      .catch((error: unknown) => log.warn({ err: error, call: one.callId }, 'what became of a recording was not kept'))
      .finally(() => count(busy, one.workspaceId, -1));
  });
  await Promise.race([Promise.all(working), sleep(patientMs, undefined, { ref: false })]);
  return due.length;
}

/** By workspace, how many are being fetched by this process. */
const fetching = new WeakMap<object, Map<number, number>>();

function busyOf(database: object): Map<number, number> {
  const busy = fetching.get(database) ?? new Map<number, number>();
  fetching.set(database, busy);
  return busy;
}

function count(busy: Map<number, number>, workspaceId: number, more: 1 | -1): void {
  const now = (busy.get(workspaceId) ?? 0) + more;
  if (now === 0) busy.delete(workspaceId);
  else busy.set(workspaceId, now);
}

async function fetchOne(context: Context, { sources, limitBytes }: Fetching, due: Due): Promise<void> {
  const { config, databases, clock } = context;
  const { workspaceId, id, callId, url, tries } = due;
  try {
    const login = await loginOf(context, sources, due);
    const limits = { privateHosts: config.privateHosts, limitBytes, timeoutMs: TIMEOUT_MS };
    const body = await fetchGuarded(url, { ...limits, login });
    await keepRecording(context, createStorage(config), {
      ...{ workspaceId, callId, authorId: null, body, limitBytes },
      note: (tx, fileId) => setRecording(tx, id, { state: 'kept', file_id: fileId, error: null, reason: null }),
    }).finally(() => body.destroy());
  } catch (error) {
    const { reason, again } = whyNotKept(error, limitBytes);
    const next = new Date(clock.now().getTime() + MINUTE_MS * 2 ** tries);
    const then = again && tries < MOST_TRIES ? { next_at: next } : { state: 'failed' as const };
    await inWorkspace(databases.app, workspaceId, async (tx) => {
      await setRecording(tx, id, { ...then, reason: JSON.stringify(reason), error: reasonText(reason) });
      announceRecording(tx, callId);
    });
  }
}

async function loginOf({ databases, config }: Context, sources: Fetching['sources'], { workspaceId, callId }: Due) {
  const channel = await inWorkspace(databases.app, workspaceId, async (tx) => {
    const call = await findCall(tx, callId);
    return call && findChannel(tx, call.line_id);
  });
  const source = sources.find(({ provider }) => provider === channel?.provider);
  return channel && ((url: URL) => source?.recordingLogin?.(config, channel, url));
}
