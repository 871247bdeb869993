import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchSome } from '../../kit/definitions/match.ts';
import { channels } from '../../kit/settings/fields.ts';
import strings from './accepted.strings.json' with { type: 'json' };

/** An operator presses Answer. */
export const accepted = defineTrigger({
  key: 'chat/accepted',
  icon: 'message-circle-check',
  group: 'communication',
  on: 'chat.accepted',
  fields: { channels: channels('open-channel') },
  strings,
  example: { channels: [5] },
  matches: ({ channel, channelName }, settings) => matchSome('channels', settings.channels, [channel, channelName]),
});
