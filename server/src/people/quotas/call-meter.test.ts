import { expect, it } from 'vitest';
import { createCallMeter } from './call-meter.ts';

const anna = { workspaceId: 1, employeeId: 3, keyId: 7 };
const ben = { workspaceId: 1, employeeId: 4, keyId: 8 };

it('refuses what a key asks beyond its number in a minute, says for how long, and lets others go on', () => {
  let at = 70_000;
  const meter = createCallMeter(() => at);
  meter.count(anna, 2);
  meter.count(anna, 2);
  expect(() => meter.count(anna, 2)).toThrow(
    expect.objectContaining({ status: 429, code: 'quota', retryAfterSeconds: 50 }),
  );
  meter.count(ben, 2);
  // The same number in another workspace is another key.
  meter.count({ ...anna, workspaceId: 2 }, 1);
  expect(meter.most(1)).toEqual({ employeeId: 3, used: 2 });
  at = 120_000;
  expect(meter.most(1)).toEqual({ employeeId: null, used: 0 });
  meter.count(anna, 2);
});
