import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchAll, matchIf, matchSome } from '../../kit/definitions/match.ts';
import { channels, choice, phrases } from '../../kit/settings/fields.ts';
import { hasPhrase } from '../../kit/values/phrases.ts';
import strings from './message.strings.json' with { type: 'json' };

/** The client’s message contains one of the phrases. */
export const message = defineTrigger({
  key: 'chat/message',
  icon: 'message-square-text',
  group: 'communication',
  on: 'chat.message',
  fields: {
    channels: channels('open-channel'),
    phrases: phrases(),
    match: choice(['exact', 'ignoreCase', 'allWords'], 'exact'),
  },
  strings,
  example: { phrases: ['Dostarcz zamówienie jutro'], match: 'exact' },
  matches: ({ channel, channelName, text }, { channels: wanted, phrases: said, match }) =>
    matchAll(
      matchSome('channels', wanted, [channel, channelName]),
      matchIf(said.length === 0 || said.some((phrase) => hasPhrase(text, phrase, match)), 'phrases', {
        wanted: said,
        got: text,
      }),
    ),
});
