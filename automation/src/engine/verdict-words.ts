import { missingRate } from '../kit/conditions/compare.ts';
import type { Condition } from '../kit/conditions/condition.ts';
import { conditionInWords, type FieldNames, valueInWords } from '../kit/conditions/condition-words.ts';
import { isRecord } from '../kit/values/values.ts';
import type { Language } from '../kit/words/languages.ts';
import { fillIn } from '../kit/words/words.ts';
import { triggerByKey } from '../triggers/index.ts';
import strings from './verdict.strings.json' with { type: 'json' };
import type { Verdict } from './verdict.ts';

/** Why a trigger did or did not move the item, as the decision log says it (automation-screen.md). */
export function verdictInWords(verdict: Verdict, language: Language, names: FieldNames): string {
  const detail = verdict.detail ?? {};
  const currency = missingRate(detail.note);
  return fillIn(strings[language][sentenceOf(verdict, currency)], {
    currency,
    stage: verdict.stage,
    setting: settingName(verdict, language),
    wanted: valueInWords(detail.wanted, language),
    got: detail.hidden === true ? strings[language].notSeen : valueInWords(detail.got, language),
    part: isPart(detail.part) ? conditionInWords(detail.part, language, names) : '',
  });
}

function settingName({ key, detail }: Verdict, language: Language): string {
  const name = String(detail?.setting ?? '');
  return triggerByKey(key)?.strings[language].fields[name]?.label ?? name;
}

/** Of a condition: what was not so, what was so and is ruled out, or what can't be told. */
function sentenceOf({ verdict, detail }: Verdict, currency: string | undefined) {
  if (verdict !== 'condition') return verdict;
  if (currency !== undefined) return 'conditionUnknown';
  return detail?.note === 'not' ? 'conditionNot' : 'condition';
}

function isPart(value: unknown): value is Condition {
  return isRecord(value) && typeof value.field === 'string' && typeof value.is === 'string';
}
