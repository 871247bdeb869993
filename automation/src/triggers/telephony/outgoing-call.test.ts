import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { outgoingCall } from './outgoing-call.ts';

describe('telephony/outgoing-call', () => {
  it.each([
    ['hears the end of an outgoing call', {}, 'call.ended', { direction: 'outgoing' }, null],
    ['ignores its start', {}, 'call.started', { direction: 'outgoing' }, 'countsAt'],
    ['hears its start when the line says so', {}, 'call.started', { direction: 'outgoing', countsAt: 'start' }, null],
    ['ignores incoming calls', {}, 'call.ended', { direction: 'incoming' }, 'direction'],
    ['ignores another line', { lines: [3] }, 'call.ended', { direction: 'outgoing', line: 4 }, 'lines'],
    [
      'ignores short calls',
      { minTalkSeconds: 30 },
      'call.ended',
      { direction: 'outgoing', talkSeconds: 29 },
      'minTalkSeconds',
    ],
    ['hears long calls', { minTalkSeconds: 30 }, 'call.ended', { direction: 'outgoing', talkSeconds: 30 }, null],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(outgoingCall, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
