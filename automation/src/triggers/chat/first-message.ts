import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchAll, matchIf, matchSome } from '../../kit/definitions/match.ts';
import { channels } from '../../kit/settings/fields.ts';
import strings from './first-message.strings.json' with { type: 'json' };

/** The client begins a conversation; a re-opened one is no beginning. */
export const firstMessage = defineTrigger({
  key: 'chat/first-message',
  icon: 'message-circle',
  group: 'communication',
  on: 'chat.started',
  fields: { channels: channels('open-channel') },
  strings,
  example: { channels: [5] },
  matches: ({ channel, channelName, reopened }, settings) =>
    matchAll(
      matchIf(reopened !== true, 'reopened', { wanted: false, got: reopened }),
      matchSome('channels', settings.channels, [channel, channelName]),
    ),
});
