import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { firstMessage } from './first-message.ts';

describe('chat/first-message', () => {
  it.each([
    ['hears a new conversation', {}, 'chat.started', { channel: 5 }, null],
    ['ignores a re-opened one', {}, 'chat.started', { channel: 5, reopened: true }, 'reopened'],
    ['ignores another open channel', { channels: [6] }, 'chat.started', { channel: 5 }, 'channels'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(firstMessage, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
