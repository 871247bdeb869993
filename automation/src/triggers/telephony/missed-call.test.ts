import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { missedCall } from './missed-call.ts';

describe('telephony/missed-call', () => {
  it.each([
    ['hears every missed call', {}, 'call.missed', { line: 3 }, null],
    ['hears the chosen line', { lines: [3, 5] }, 'call.missed', { line: 3 }, null],
    ['ignores another line', { lines: [3] }, 'call.missed', { line: 4 }, 'lines'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(missedCall, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
