import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Pieces } from '@signalbox/automation/kit/pieces.ts';

/** What is copied in one go: more would be seen, for new memory costs a processor more than what is written into it. */
export const SLICE_BYTES = 1_048_576;

// Of many that go on at the same time one goes on in each turn.
let lane: Promise<void> = Promise.resolve();

/**
 * For work on the main thread that is done piece by piece: called between the pieces, it lets everybody else have a turn when the
 * pieces since the last one have taken long. A piece itself has to be short.
 */
export function createBreather({ everyMs = 20 } = {}): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < everyMs) return;
    await ownTurn();
    since = performance.now();
  };
}

/** Before a piece that takes a while by itself: of all that wait here one goes on in each turn. */
export function ownTurn(): Promise<void> {
  lane = lane.then(() => nextTurn());
  return lane;
}

/** Does the work, and lets everybody else have a turn between its pieces when they have taken long. */
export async function inPieces<T>(work: Pieces<T>): Promise<T> {
  const breathe = createBreather();
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await breathe();
  }
}

/** What is made of each, one after the other; everybody else has a turn between two when they have taken long. */
export async function eachInTurn<One, Made>(
  list: readonly One[],
  make: (one: One, index: number) => Made | Promise<Made>,
): Promise<Made[]> {
  const breathe = createBreather();
  const made: Made[] = [];
  for (const [index, one] of list.entries()) {
    made.push(await make(one, index));
    await breathe();
  }
  return made;
}
