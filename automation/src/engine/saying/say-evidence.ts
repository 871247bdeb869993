import { missingRate } from '../../kit/conditions/compare.ts';
import type { ConditionPart } from '../../kit/conditions/condition.ts';
import { conditionInWords } from '../../kit/conditions/condition-words.ts';
import { isEmpty, isRecord } from '../../kit/values/values.ts';
import { fillIn } from '../../kit/words/words.ts';
import strings from '../verdict.strings.json' with { type: 'json' };
import { sayPath, specOfPathIn } from './say-path.ts';
import { sayDuration, sayValue, sayWeekday } from './say-value.ts';
import type { SayingFacts } from './saying-facts.ts';

/**
 * Why a condition was not met, of a trigger or of a rule: which part of it was not so, was so and is ruled out, or can't be told, and
 * what was seen. `kept` is the `because` of a `ConditionResult`, without the value of a field that its reader may not see.
 */
export function evidenceInWords(kept: Readonly<Record<string, unknown>>, facts: SayingFacts): string {
  const words = strings[facts.language];
  const currency = missingRate(kept.note);
  const part = isPart(kept.part) ? kept.part : undefined;
  return fillIn(words[sentenceOf(kept.note, currency)], {
    currency,
    got: kept.hidden === true ? words.notSeen : sayOf(part?.field ?? '', kept.got, facts),
    part: part === undefined ? '' : partInWords(part, facts),
  });
}

/** One part of a condition as people know its field and values. */
function partInWords(part: ConditionPart, facts: SayingFacts): string {
  return conditionInWords(
    part,
    facts.language,
    (path) => sayPath(path, facts),
    (path, value, joint) => {
      if (part.is === 'within last' || part.is === 'within next') return sayDuration(value, facts);
      if (part.is !== 'weekday') return sayOf(path, value, facts, joint);
      const days: readonly unknown[] = Array.isArray(value) ? value : [value];
      return sayValue(
        days.map((day) => sayWeekday(day, facts)),
        undefined,
        facts,
      );
    },
  );
}

function sayOf(path: string, value: unknown, facts: SayingFacts, joint?: 'and' | 'or'): string {
  if (path.replace(/^item\./, '') === 'stage') return sayStage(value, facts);
  return sayValue(
    isInstantOf(path, value) ? new Date(value).toISOString() : value,
    specOfPathIn(path, facts),
    facts,
    joint,
  );
}

// The clock and the moment of a signal are counted, where every other moment is written.
function isInstantOf(path: string, value: unknown): value is number {
  return /^(item\.)?(now|time)$|^signal\.occurredAt$/.test(path) && typeof value === 'number';
}

function sayStage(value: unknown, facts: SayingFacts): string {
  const { stages } = facts;
  if (isEmpty(value)) return sayValue(null, undefined, facts);
  const wanted: readonly unknown[] = Array.isArray(value) ? value : [value];
  return wanted.map((code) => stages.find((one) => one.code === code)?.name ?? String(code ?? '')).join(', ');
}

function sentenceOf(note: unknown, currency: string | undefined) {
  if (currency !== undefined) return 'conditionUnknown';
  return note === 'not' ? 'conditionNot' : 'condition';
}

function isPart(value: unknown): value is ConditionPart {
  return isRecord(value) && typeof value.field === 'string' && typeof value.is === 'string';
}
