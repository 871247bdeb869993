import { createTurns, type TurnLimits } from '../platform/apart/turns.ts';
import { inWorkspace } from '../platform/db.ts';
import { type Deliverer, deliver } from './deliver.ts';
import { findRoute } from './outbox.store.ts';
import type { Posted } from './put-in-outbox.ts';
import { SANDBOX } from './sender.ts';

/** Deliveries wait for the network, not for us: many may be under way, few of them through one channel or of one workspace. */
const limits: TurnLimits = {
  ...{ all: 48, workspace: 12, asker: 4, strangers: 48, strangersOfOne: 48 },
  ...{ waiting: 5_000, waitingOfOne: 250 },
};

export interface Dispatcher {
  /** Resolves when it has been tried, or when so much waits for its channel that the look for due ones brings it again. */
  dispatch(posted: Posted): Promise<void>;
  /** Takes no more, and lets end what is under way. */
  stop(): Promise<void>;
}

/** One slow peer stops only itself: a slot for each delivery, so many a channel and a workspace, and none of those that jobs have. */
export function createDispatcher(deliverer: Deliverer): Dispatcher {
  const { databases, log } = deliverer.context;
  const turns = createTurns(limits);
  const inHand = new Map<string, Promise<void>>();
  let isStopped = false;

  async function work(posted: Posted): Promise<void> {
    const route = await inWorkspace(databases.app, posted.workspaceId, (tx) => findRoute(tx, posted.outboxId));
    if (route === undefined) return;
    // What stays inside waits for nobody.
    if (route.provider === SANDBOX) return void (await deliver(deliverer, posted));
    const asker = { workspace: posted.workspaceId, who: `channel ${route.channelId}`, lane: 'people' as const };
    const end = await turns.take(asker);
    try {
      if (end !== undefined && !isStopped) await deliver(deliverer, posted);
    } finally {
      end?.();
    }
  }

  return {
    dispatch(posted) {
      const key = `${posted.workspaceId} ${posted.outboxId}`;
      const running = inHand.get(key);
      if (running !== undefined || isStopped) return running ?? Promise.resolve();
      const begun = work(posted)
        .catch((error: unknown) => log.error({ err: error, ...posted }, 'a delivery could not be carried out'))
        .finally(() => inHand.delete(key));
      inHand.set(key, begun);
      return begun;
    },
    async stop() {
      isStopped = true;
      await Promise.all(inHand.values());
    },
  };
}
