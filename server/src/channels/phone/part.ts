import type { Listener, Part } from '../../parts/part.ts';
import type { Context } from '../../platform/context.ts';
import { closeForgotten } from './calls/close-forgotten.ts';
import { callRoutes } from './calls.routes.ts';
import { dialRoutes } from './dialling/dial.routes.ts';
import { createDialSender } from './dialling/dial-sender.ts';
import { deleteOldRecordings } from './recordings/delete-old.ts';
import { fetchRecordings } from './recordings/fetch-recordings.ts';
import { recordingRoutes } from './recordings/recordings.routes.ts';
import { phoneSandboxRoutes } from './sandbox/sandbox.routes.ts';
import { dials, sources } from './sources.ts';
import { bindCalls } from './telling/bind-calls.ts';

/** Telephone calls, whichever exchange they come from. */
export const phone: Part = {
  name: 'phone',
  channels: ['phone-line'],
  routes: (context, doors) => [
    ...callRoutes(context),
    ...dialRoutes(context, dials),
    ...recordingRoutes(context),
    ...sources.flatMap((source) => source.routes?.(context, doors) ?? []),
  ],
  listeners: listenTo,
  sandbox: phoneSandboxRoutes,
  entries: ['call'],
  scenes: ['calls', 'call-rings', 'sandbox-phone-line'],
  bind: bindCalls,
  test: (context, channel) => sources.find(({ provider }) => provider === channel.provider)?.test?.(context, channel),
  senders: { dial: (context) => createDialSender(context, sources) },
  polls: (context) => [
    { everyMs: 60_000, work: () => closeForgotten(context) },
    { everyMs: 5_000, work: () => fetchRecordings(context, sources) },
    { everyMs: 3_600_000, work: () => deleteOldRecordings(context) },
  ],
};

async function listenTo(context: Context): Promise<Listener> {
  const listeners = await Promise.all(sources.flatMap((source) => source.listeners?.(context) ?? []));
  return {
    async stop() {
      await Promise.all(listeners.map((one) => one.stop()));
    },
  };
}
