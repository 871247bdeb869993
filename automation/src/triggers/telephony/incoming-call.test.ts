import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { incomingCall } from './incoming-call.ts';

describe('telephony/incoming-call', () => {
  it.each([
    ['hears the start of an incoming call', {}, 'call.started', { direction: 'incoming' }, null],
    ['ignores its end', {}, 'call.ended', { direction: 'incoming', answered: true }, 'countsAt'],
    [
      'hears its end when the line says so',
      {},
      'call.ended',
      { direction: 'incoming', answered: true, countsAt: 'end' },
      null,
    ],
    [
      'then ignores calls that nobody answered',
      {},
      'call.ended',
      { direction: 'incoming', answered: false, countsAt: 'end' },
      'answered',
    ],
    ['ignores outgoing calls', {}, 'call.started', { direction: 'outgoing' }, 'direction'],
    [
      'ignores another line',
      { lines: ['+48221'] },
      'call.started',
      { direction: 'incoming', line: 4, lineNumber: '+48222' },
      'lines',
    ],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(incomingCall, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
