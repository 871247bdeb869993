import { defineTrigger, type Match } from '../../kit/definitions/define-trigger.ts';
import { matchAll, matchIf, matchSome } from '../../kit/definitions/match.ts';
import { channels, choice, number, toggle } from '../../kit/settings/fields.ts';
import strings from './reaction-time.strings.json' with { type: 'json' };

/** The operator keeps the client waiting for strictly more than the given seconds. */
export const reactionTime = defineTrigger({
  key: 'chat/reaction-time',
  icon: 'timer',
  group: 'communication',
  on: ['chat.accepted', 'chat.replied', 'chat.waiting'],
  fields: {
    channels: channels('open-channel'),
    seconds: number({ initial: 600 }),
    measured: choice(['answerToReply', 'messageToAnswer'], 'answerToReply'),
    when: choice(['deadline', 'answered'], 'deadline'),
    workingTime: toggle(),
  },
  strings,
  example: { seconds: 600, measured: 'answerToReply', when: 'deadline' },
  matches(chat, settings, { signal }) {
    const waited = (settings.workingTime ? chat.workingSeconds : chat.waitedSeconds) ?? 0;
    return matchAll(
      rightMoment(signal.kind, chat.since, settings),
      matchSome('channels', settings.channels, [chat.channel, chat.channelName]),
      matchIf(waited > settings.seconds, 'seconds', { wanted: settings.seconds, got: waited }),
    );
  },
});

interface Clock {
  readonly measured: 'answerToReply' | 'messageToAnswer';
  readonly when: 'deadline' | 'answered';
}

// Each way to measure has a signal for its deadline and one for the answer that came after all.
function rightMoment(kind: string, since: unknown, { measured, when }: Clock): Match {
  const fromAnswer = measured === 'answerToReply';
  if (when === 'answered')
    return matchIf(kind === (fromAnswer ? 'chat.replied' : 'chat.accepted'), 'when', { wanted: when, got: kind });
  const clock = fromAnswer ? 'answer' : 'message';
  return matchAll(
    matchIf(kind === 'chat.waiting', 'when', { wanted: when, got: kind }),
    matchIf(since === clock, 'measured', { wanted: measured, got: since }),
  );
}
