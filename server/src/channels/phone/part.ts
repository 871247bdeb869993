import type { Listener, Part } from '../../parts/part.ts';
import type { Context } from '../../platform/context.ts';
import { closeForgotten } from './calls/close-forgotten.ts';
import { callRoutes } from './calls.routes.ts';
import { sources } from './sources.ts';
import { bindCalls } from './telling/bind-calls.ts';

/** Telephone calls, whichever exchange they come from. */
export const phone: Part = {
  name: 'phone',
  routes: (context, doors) => [
    ...callRoutes(context),
    ...sources.flatMap((source) => source.routes?.(context, doors) ?? []),
  ],
  listeners: listenTo,
  bind: bindCalls,
  polls: (context) => [{ everyMs: 60_000, work: () => closeForgotten(context) }],
};

async function listenTo(context: Context): Promise<Listener> {
  const listeners = await Promise.all(sources.flatMap((source) => source.listeners?.(context) ?? []));
  return {
    async stop() {
      await Promise.all(listeners.map((one) => one.stop()));
    },
  };
}
