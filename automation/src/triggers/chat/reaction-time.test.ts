import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { reactionTime } from './reaction-time.ts';

describe('chat/reaction-time', () => {
  it.each([
    ['hears the deadline after Answer', {}, 'chat.waiting', { since: 'answer', waitedSeconds: 601 }, null],
    [
      'wants strictly more than the given seconds',
      {},
      'chat.waiting',
      { since: 'answer', waitedSeconds: 600 },
      'seconds',
    ],
    ['ignores the other clock', {}, 'chat.waiting', { since: 'message', waitedSeconds: 601 }, 'measured'],
    [
      'hears the other clock when measured so',
      { measured: 'messageToAnswer', seconds: 60 },
      'chat.waiting',
      { since: 'message', waitedSeconds: 61 },
      null,
    ],
    ['ignores the late answer: the deadline was heard', {}, 'chat.replied', { waitedSeconds: 900 }, 'when'],
    ['hears the late reply once answered', { when: 'answered' }, 'chat.replied', { waitedSeconds: 900 }, null],
    [
      'hears the late Answer once answered',
      { when: 'answered', measured: 'messageToAnswer' },
      'chat.accepted',
      { waitedSeconds: 900 },
      null,
    ],
    ['ignores a reply in time', { when: 'answered' }, 'chat.replied', { waitedSeconds: 30 }, 'seconds'],
    [
      'counts working time only',
      { workingTime: true },
      'chat.waiting',
      { since: 'answer', waitedSeconds: 90000, workingSeconds: 300 },
      'seconds',
    ],
    [
      'ignores another open channel',
      { channels: [6] },
      'chat.waiting',
      { since: 'answer', waitedSeconds: 601, channel: 5 },
      'channels',
    ],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(reactionTime, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
