import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { message } from './message.ts';

describe('chat/message', () => {
  it.each([
    ['hears every message without phrases', {}, 'chat.message', { text: 'hello' }, null],
    [
      'hears the phrase anywhere',
      { phrases: ['Dostarcz zamówienie jutro'] },
      'chat.message',
      { text: 'Dzień dobry. Dostarcz zamówienie  jutro!' },
      null,
    ],
    [
      'ignores other words',
      { phrases: ['Dostarcz zamówienie jutro'] },
      'chat.message',
      { text: 'dostarcz jutro' },
      'phrases',
    ],
    [
      'ignores case when told so',
      { phrases: ['DOSTARCZ'], match: 'ignoreCase' },
      'chat.message',
      { text: 'dostarcz jutro' },
      null,
    ],
    ['ignores another open channel', { channels: [6] }, 'chat.message', { text: 'hello', channel: 5 }, 'channels'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(message, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
