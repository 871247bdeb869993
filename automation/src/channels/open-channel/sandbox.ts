import { defineChannel } from '../../kit/definitions/define-channel.ts';
import strings from './sandbox.strings.json' with { type: 'json' };

/** An open channel whose chats are played. */
export const sandboxOpenChannel = defineChannel({
  kind: 'open-channel',
  provider: 'sandbox',
  icon: 'messages-square',
  fields: {},
  ties: 'all',
  strings,
  start: { nameIn: (language) => strings[language].start, settings: {} },
  example: { tie: 'latest' },
});
