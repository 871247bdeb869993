import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { call } from '../../outside/client.ts';
import type { Place } from '../../outside/server.ts';

const ITEMS = 400;
const TICK_MS = 50;
const PIPELINE = 'Cases';
/** Behind the end of a case: a server that takes nothing for so long is not well again. */
const GIVE_UP_AFTER_MS = 180_000;

/** Items on a board of two stages, each signal of which moves one of them to and fro. */
export async function makeItems(place: Place): Promise<number[]> {
  await call(place, 'PUT', `/automation/deal/${PIPELINE}`, {
    type: 'deal',
    pipeline: PIPELINE,
    stages: [
      { code: 'HERE', name: 'Here', kind: 'open' },
      { code: 'THERE', name: 'There', kind: 'open' },
      { code: 'WON', name: 'Won', kind: 'won' },
      { code: 'LOST', name: 'Lost', kind: 'lost' },
    ],
    triggers: [
      { id: 'go', on: 'apps/webhook', stage: 'THERE', settings: { code: 'go' } },
      { id: 'back', on: 'apps/webhook', stage: 'HERE', allowBack: true, settings: { code: 'back' } },
    ],
    rules: [{ id: 'say', do: 'alerts/comment', stage: 'THERE', settings: { text: 'There.' } }],
  });
  const made = z.object({ id: z.number() });
  const items: number[] = [];
  for (let i = 0; i < ITEMS; i += 1)
    items.push(
      made.parse(await call(place, 'POST', '/items', { type: 'deal', pipeline: PIPELINE, title: `Case ${i}` })).id,
    );
  return items;
}

interface Turn {
  readonly item: number;
  next: number;
}

export interface Produced {
  /** Source keys of what was accepted. */
  readonly accepted: readonly string[];
  stop(): Promise<void>;
}

/** Sends signals at a rate, as many as come due together in one call, to whichever server takes them; what fails is sent again. */
export function produce(
  places: readonly Place[],
  items: readonly number[],
  { name, rate }: { name: string; rate: number },
): Produced {
  const free: Turn[] = items.map((item) => ({ item, next: 0 }));
  const accepted: string[] = [];
  const under = new Set<Promise<void>>();
  let overAt: number | null = null;
  const given: unknown[] = [];
  const send = async (turns: readonly Turn[]) => {
    const signals = turns.map(({ item, next }) => ({
      kind: 'webhook.called',
      item,
      sourceKey: `case ${name} ${item} ${next}`,
      payload: { code: next % 2 === 0 ? 'go' : 'back' },
    }));
    for (let tries = 0; ; tries += 1) {
      const place = places[(tries + (turns[0]?.item ?? 0)) % places.length];
      if (place === undefined) return;
      try {
        await call(place, 'POST', '/signals', signals);
        break;
      } catch (error) {
        if (overAt !== null && Date.now() - overAt > GIVE_UP_AFTER_MS) return void given.push(error);
      }
      await sleep(100);
    }
    accepted.push(...signals.map(({ sourceKey }) => sourceKey));
    for (const turn of turns) free.push({ ...turn, next: turn.next + 1 });
  };
  const tick = async () => {
    for (let due = 0; overAt === null; await sleep(TICK_MS)) {
      due = Math.min(due + (rate * TICK_MS) / 1000, rate);
      const turns = free.splice(0, Math.floor(due));
      due -= turns.length;
      if (turns.length === 0) continue;
      const sending: Promise<void> = send(turns).finally(() => under.delete(sending));
      under.add(sending);
    }
  };
  const ticking = tick();
  return {
    accepted,
    async stop() {
      overAt ??= Date.now();
      await ticking;
      await Promise.all(under);
      if (given.length > 0) throw new AggregateError(given, 'signals are taken no more');
    },
  };
}
