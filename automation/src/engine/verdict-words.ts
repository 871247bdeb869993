import { missingRate } from '../kit/conditions/compare.ts';
import type { Condition, ConditionPart } from '../kit/conditions/condition.ts';
import { conditionInWords } from '../kit/conditions/condition-words.ts';
import { isRecord } from '../kit/values/values.ts';
import { fillIn } from '../kit/words/words.ts';
import { sayPath, specOfPathIn } from './saying/say-path.ts';
import { refusalInWords } from './saying/say-refusal.ts';
import { sayPerson, sayValue } from './saying/say-value.ts';
import type { SayingFacts } from './saying/saying-facts.ts';
import strings from './verdict.strings.json' with { type: 'json' };
import type { Verdict } from './verdict.ts';

export type { SayingFacts } from './saying/saying-facts.ts';

/** Why a trigger did or did not move the item, in words of the screen (automation-screen.md). */
export function verdictInWords({ verdict, key, stage, detail }: Verdict, facts: SayingFacts): string {
  const { language } = facts;
  const kept = detail ?? {};
  if (verdict === 'settings') return refusalInWords({ key, detail: kept }, facts);
  const currency = missingRate(kept.note);
  const part = isPart(kept.part) ? kept.part : undefined;
  const spec = part && specOfPathIn(part.field, facts);
  return fillIn(strings[language][sentenceOf({ verdict, detail }, currency)], {
    currency,
    stage: facts.stages.find(({ code }) => code === stage)?.name ?? stage,
    employee: sayPerson(kept.employee, facts),
    chain: sayChain(kept.chain, facts),
    got:
      kept.hidden === true
        ? strings[language].notSeen
        : part?.field === 'stage'
          ? sayStage(kept.got, facts)
          : sayValue(kept.got, spec, facts),
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
      if (path === 'stage') return sayStage(value, facts);
      return sayValue(value, specOfPathIn(path, facts), facts, joint);
    },
  );
}

function sayStage(value: unknown, { stages }: SayingFacts): string {
  const wanted: readonly unknown[] = Array.isArray(value) ? value : [value];
  return wanted.map((code) => stages.find((one) => one.code === code)?.name ?? String(code ?? '')).join(', ');
}

/** Of a condition: what was not so, what was so and is ruled out, or what can't be told. */
function sentenceOf({ verdict, detail }: Pick<Verdict, 'verdict' | 'detail'>, currency: string | undefined) {
  if (verdict === 'not-a-person') return detail !== null && 'employee' in detail ? 'employee' : verdict;
  if (verdict !== 'condition') return verdict;
  if (currency !== undefined) return 'conditionUnknown';
  return detail?.note === 'not' ? 'conditionNot' : 'condition';
}

function isPart(value: unknown): value is ConditionPart & Condition {
  return isRecord(value) && typeof value.field === 'string' && typeof value.is === 'string';
}

function sayChain(chain: unknown, { stages }: SayingFacts): string {
  const entered = isRecord(chain) && Array.isArray(chain.entered) ? chain.entered.filter(isRecord) : [];
  const origin = isRecord(chain) && isRecord(chain.origin) ? Object.values(chain.origin)[0] : undefined;
  const ids = [...(origin === undefined ? [] : [origin]), ...entered.map(({ stage }) => stage)];
  return ids.flatMap((id) => stages.find((one) => one.id === Number(id))?.name ?? []).join(' → ');
}
