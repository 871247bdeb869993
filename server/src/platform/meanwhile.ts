import { setImmediate as nextTurn } from 'node:timers/promises';

/** Thinks while PostgreSQL works on a statement that has been sent already; `think` sends none itself. */
export async function meanwhile<T>(working: Promise<unknown>, think: () => T): Promise<T> {
  const thinking = nextTurn().then(think);
  const [thought] = await Promise.all([thinking, working]);
  return thought;
}
