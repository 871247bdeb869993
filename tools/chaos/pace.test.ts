import { expect, it } from 'vitest';
import { createPace } from './pace.ts';

it('lets the clients that still wait last for as long as the kills that are still to come', () => {
  let at = 0;
  const pace = createPace({ kills: 10, faultsMs: 0, width: 2, now: () => at });
  expect(pace.pauseMs(34)).toBe(1_000);
  at = 5_000;
  pace.killed();
  // Nine kills of five seconds, for two who have 90 clients between them.
  expect(pace.pauseMs(90)).toBe(1_000);
  for (let kill = 2; kill <= 10; kill += 1) pace.killed();
  expect([pace.pauseMs(5), pace.pauseMs(0)]).toEqual([0, 0]);
});
