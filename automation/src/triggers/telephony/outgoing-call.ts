import { matchMoment } from '../../kit/definitions/calls.ts';
import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchAll, matchIf, matchSome } from '../../kit/definitions/match.ts';
import { channels, number } from '../../kit/settings/fields.ts';
import strings from './outgoing-call.strings.json' with { type: 'json' };

/** An employee called the client; the line decides whether its start or its end is reported. */
export const outgoingCall = defineTrigger({
  key: 'telephony/outgoing-call',
  icon: 'phone-outgoing',
  group: 'communication',
  on: ['call.started', 'call.ended'],
  fields: { lines: channels('phone-line'), minTalkSeconds: number({ initial: 0 }) },
  strings,
  example: { lines: [3], minTalkSeconds: 30 },
  matches: (call, { lines, minTalkSeconds }, { signal }) => {
    const talked = talkSeconds(call);
    return matchAll(
      matchIf(call.direction === 'outgoing', 'direction', { wanted: 'outgoing', got: call.direction }),
      matchMoment(signal.kind, call.countsAt ?? 'end'),
      matchSome('lines', lines, [call.line, call.lineNumber]),
      matchIf(talked >= minTalkSeconds, 'minTalkSeconds', { wanted: minTalkSeconds, got: talked }),
    );
  },
});

function talkSeconds(call: Readonly<Record<string, unknown>>): number {
  return typeof call.talkSeconds === 'number' ? call.talkSeconds : 0;
}
