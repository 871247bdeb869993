import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchSome } from '../../kit/definitions/match.ts';
import { channels } from '../../kit/settings/fields.ts';
import strings from './missed-call.strings.json' with { type: 'json' };

/** An incoming call ended unanswered. */
export const missedCall = defineTrigger({
  key: 'telephony/missed-call',
  icon: 'phone-missed',
  group: 'communication',
  on: 'call.missed',
  fields: { lines: channels('phone-line') },
  strings,
  example: { lines: [3] },
  matches: ({ line, lineNumber }, { lines }) => matchSome('lines', lines, [line, lineNumber]),
});
