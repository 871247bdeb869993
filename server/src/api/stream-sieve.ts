import { readableIds } from '../access/access-item.ts';
import { listReadableClients } from '../access/reachable-clients.store.ts';
import { seesEverything } from '../access/sees-everything.ts';
import type { Context, Rights } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import type { RealtimeEvent } from '../platform/realtime.ts';

type Told = Pick<RealtimeEvent, 'topic' | 'kind' | 'id'>;

interface Listening {
  rights(): Promise<Rights>;
  readonly workspaceId: number;
  send(event: Told): void;
}

/** What happened together is asked for together. */
const GATHER_MS = 30;
/** What may not be named is told at most so often: something is different now, fetch what you may see. */
const UNNAMED_MS = 1_000;

type Find = (tx: Tx, rights: Rights, ids: readonly number[]) => Promise<ReadonlySet<number>>;

/** By topic, which of the ids somebody may see. Other topics belong to everybody. */
const seenBy: Readonly<Record<string, Find | 'unnamed'>> = {
  items: (tx, rights, ids) => readableIds(tx, { rights }, ids),
  timeline: (tx, rights, ids) => readableIds(tx, { rights }, ids),
  runs: (tx, rights, ids) => readableIds(tx, { rights }, ids),
  deliveries: (tx, rights, ids) => readableIds(tx, { rights }, ids),
  contacts: (tx, rights, ids) => listReadableClients(tx, rights, { kind: 'contact', ids }),
  companies: (tx, rights, ids) => listReadableClients(tx, rights, { kind: 'company', ids }),
  // Whose these are would have to be looked up for each: nobody is told which.
  signals: 'unnamed',
  emails: 'unnamed',
  sandbox: 'unnamed',
};

const findOf = (topic: string) => (Object.hasOwn(seenBy, topic) ? seenBy[topic] : undefined);

/** Lets through what somebody may know of; the database is asked only where that depends on the id, and on whose eyes. */
export function createSieve(
  { databases, log }: Pick<Context, 'databases' | 'log'>,
  { rights, workspaceId, send }: Listening,
) {
  let waiting: Told[] = [];
  let timer: NodeJS.Timeout | undefined;
  const unnamed = new Map<string, number>();

  async function flush(): Promise<void> {
    const events = waiting;
    [waiting, timer] = [[], undefined];
    const now = await rights();
    await inWorkspace(databases.app, workspaceId, async (tx) => {
      for (const [topic, some] of Map.groupBy(events, (event) => event.topic)) await tell(tx, now, { topic, some });
    });
  }

  async function tell(tx: Tx, now: Rights, { topic, some }: { topic: string; some: readonly Told[] }): Promise<void> {
    const find = findOf(topic);
    const ids = some.map(({ id }) => id);
    const seen = typeof find === 'function' ? await find(tx, now, ids) : new Set<number>();
    for (const event of some) {
      if (seen.has(event.id)) send(event);
      else tellUnnamed(topic);
    }
  }

  function tellOfTrouble(error: unknown): void {
    log.warn({ err: error }, 'a stream could not be told of what happened');
  }

  // It may have left one's sight a moment ago.
  function tellUnnamed(topic: string): void {
    if (performance.now() - (unnamed.get(topic) ?? -UNNAMED_MS) < UNNAMED_MS) return;
    unnamed.set(topic, performance.now());
    send({ topic, kind: 'many', id: 0 });
  }

  return {
    take({ topic, kind, id }: RealtimeEvent): void {
      const find = findOf(topic);
      if (find === undefined || id === 0) {
        send({ topic, kind, id });
        return;
      }
      rights().then((now) => {
        if (seesEverything(now) && now.areas.mail) return send({ topic, kind, id });
        if (find === 'unnamed') return tellUnnamed(topic);
        waiting.push({ topic, kind, id });
        timer ??= setTimeout(() => flush().catch(tellOfTrouble), GATHER_MS);
      }, tellOfTrouble);
    },
    stop: () => clearTimeout(timer),
  };
}
