import { expect, it, vi } from 'vitest';
import { createPace } from './pace.ts';

it('lets talk whoever talks at an ordinary pace, and has others wait for as long as they were too fast', async () => {
  vi.useFakeTimers();
  let now = 0;
  const pace = createPace(100, () => now);
  const ordinary = [60, 39].map((count) => pace.after(count));
  now = 1_000;
  const anew = pace.after(99);
  const tooFast = pace.after(201);
  let isHeard = false;
  void tooFast?.then(() => {
    isHeard = true;
  });
  await vi.advanceTimersByTimeAsync(2_990);
  const before = isHeard;
  await vi.advanceTimersByTimeAsync(20);
  vi.useRealTimers();

  expect([...ordinary, anew]).toEqual([undefined, undefined, undefined]);
  expect([before, isHeard]).toEqual([false, true]);
});
