import { matchMoment } from '../../kit/definitions/calls.ts';
import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchAll, matchIf, matchSome } from '../../kit/definitions/match.ts';
import { channels } from '../../kit/settings/fields.ts';
import strings from './incoming-call.strings.json' with { type: 'json' };

/** The client calls; by the line’s setting at the end, and then answered calls only. */
export const incomingCall = defineTrigger({
  key: 'telephony/incoming-call',
  icon: 'phone-incoming',
  group: 'communication',
  on: ['call.started', 'call.ended'],
  fields: { lines: channels('phone-line') },
  strings,
  example: { lines: [3] },
  matches: (call, { lines }, { signal }) =>
    matchAll(
      matchIf(call.direction === 'incoming', 'direction', { wanted: 'incoming', got: call.direction }),
      matchIf(call.answered !== false, 'answered', { wanted: true, got: call.answered }),
      matchMoment(signal.kind, call.countsAt ?? 'start'),
      matchSome('lines', lines, [call.line, call.lineNumber]),
    ),
});
