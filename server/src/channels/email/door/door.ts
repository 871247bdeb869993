import { networkOf } from '../../../platform/net/networks.ts';
import { createRates } from '../../../platform/net/rates.ts';

export interface DoorLimits {
  /** Connections at the same time: of one network, of all strangers, of all relays. */
  readonly ofOne: number;
  readonly ofAll: number;
  readonly ofRelays: number;
  /** In a minute: connections of one network; messages of one network, and of one sender. */
  readonly connectionsAMinute: number;
  readonly messagesAMinute: number;
  /** Wrong passwords of one network in ten minutes. */
  readonly guesses: number;
  /** A connection of a stranger, however it goes on. */
  readonly wholeMs: number;
}

export const usualLimits: DoorLimits = {
  ...{ ofOne: 50, ofAll: 200, ofRelays: 100, connectionsAMinute: 3_000, messagesAMinute: 3_000 },
  ...{ guesses: 10, wholeMs: 600_000 },
};

interface DoorOptions {
  readonly limits: DoorLimits;
  readonly isRelay: (address: string) => boolean;
  readonly nowMs: () => number;
}

const MINUTE_MS = 60_000;

/** Who comes in where mail comes in: nobody takes the room of the others, relays have a room of their own. */
export function createDoor({ limits, isRelay, nowMs }: DoorOptions) {
  const inside = new Map<string, number>();
  const connections = createRates({ most: limits.connectionsAMinute, windowMs: MINUTE_MS }, nowMs);
  const messages = createRates({ most: limits.messagesAMinute, windowMs: MINUTE_MS }, nowMs);
  const guesses = createRates({ most: limits.guesses, windowMs: 10 * MINUTE_MS }, nowMs);
  const all = { strangers: 0, relays: 0 };

  function count(address: string, change: 1 | -1): void {
    all[isRelay(address) ? 'relays' : 'strangers'] += change;
    const key = networkOf(address);
    const now = (inside.get(key) ?? 0) + change;
    if (now === 0) inside.delete(key);
    else inside.set(key, now);
  }

  function mayEnter(address: string): boolean {
    if (isRelay(address)) return all.relays < limits.ofRelays;
    // Those who are refused count as well: whoever goes on knocking goes on waiting.
    const isSlow = connections.add(networkOf(address));
    return isSlow && all.strangers < limits.ofAll && (inside.get(networkOf(address)) ?? 0) < limits.ofOne;
  }

  return {
    /** What ends the visit; undefined: there is no room for it now. */
    enter(address: string): (() => void) | undefined {
      if (!mayEnter(address)) return undefined;
      count(address, 1);
      return () => count(address, -1);
    },
    /** Whether one more message may begin. '' is the null sender, which all bounces have. */
    mayBegin(address: string, sender: string): boolean {
      const isOfNetwork = messages.add(networkOf(address));
      return (sender === '' || messages.add(`<${sender.toLowerCase()}>`)) && isOfNetwork;
    },
    mayGuess: (address: string): boolean => !guesses.isOver(networkOf(address)),
    guessed(address: string): void {
      guesses.add(networkOf(address));
    },
  };
}

export type Door = ReturnType<typeof createDoor>;
