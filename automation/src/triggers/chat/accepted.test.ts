import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { accepted } from './accepted.ts';

describe('chat/accepted', () => {
  it.each([
    ['hears Answer', {}, 'chat.accepted', { channel: 5 }, null],
    ['ignores another open channel', { channels: [6] }, 'chat.accepted', { channel: 5 }, 'channels'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(accepted, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
