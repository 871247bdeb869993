import type { WordFacts } from '../../../controls/form-facts.tsx';
import { durationInWords, fieldInWords, inDuration, type Say } from '../../../controls/words/setting-in-words.ts';
import { writeDay, writeTime } from '../../../ui/inputs/language-forms.ts';
import type { RuleCard } from '../model/cards.ts';
import { isOnDay, type OnDay, type RuleTime } from '../model/file-shape.ts';

/** "in 1 day, working hours", "2 hours before Delivery date", "on Delivery date at 09:00". */
export function timeInWords({ time, hours }: Pick<RuleCard, 'time' | 'hours'>, facts: WordFacts, t: Say): string {
  const when = time === null ? t('time.immediately') : momentInWords(time, facts, t);
  return [when, ...hours.map((whose) => t(`time.hoursShort.${whose}`))].join(', ');
}

function momentInWords(time: RuleTime, facts: WordFacts, t: Say): string {
  if (isOnDay(time)) return dayInWords(time, facts, t);
  if ('at' in time) {
    const field = fieldInWords(time.at.field, facts);
    return time.at.time === undefined ? t('time.at', { field }) : t('time.atTime', { field, time: time.at.time });
  }
  if ('before' in time)
    return t('time.before', {
      duration: durationInWords(time.before, facts.language),
      field: fieldInWords(time.field, facts),
    });
  if (time.field === undefined) return inDuration(time.after, facts.language);
  return t('time.after', {
    duration: durationInWords(time.after, facts.language),
    field: fieldInWords(time.field, facts),
  });
}

function dayInWords({ at: { date, time } }: OnDay, { language }: WordFacts, t: Say): string {
  if (date === '') return t('time.onNoDay');
  const day = writeDay(date, language);
  return time === undefined ? t('time.on', { day }) : t('time.onTime', { day, time: writeTime(time, language) });
}
