import { isRecord } from '../kit/values/values.ts';
import { fillIn } from '../kit/words/words.ts';
import { evidenceInWords } from './saying/say-evidence.ts';
import { refusalInWords } from './saying/say-refusal.ts';
import { sayPerson } from './saying/say-value.ts';
import type { SayingFacts } from './saying/saying-facts.ts';
import strings from './verdict.strings.json' with { type: 'json' };
import type { Verdict } from './verdict.ts';

export type { SayingFacts } from './saying/saying-facts.ts';

/** Why a trigger did or did not move the item, in words of the screen (automation-screen.md). */
export function verdictInWords({ verdict, key, stage, detail }: Verdict, facts: SayingFacts): string {
  const kept = detail ?? {};
  if (verdict === 'settings') return refusalInWords({ key, detail: kept }, facts);
  if (verdict === 'condition') return evidenceInWords(kept, facts);
  const sentence = sentenceOf(verdict, kept);
  return fillIn(strings[facts.language][sentence], {
    stage: facts.stages.find(({ code }) => code === stage)?.name ?? stage,
    employee: sayPerson(kept.employee, facts),
    chain: sayChain(kept.chain, facts),
  });
}

function sentenceOf(
  verdict: Exclude<Verdict['verdict'], 'settings' | 'condition'>,
  kept: NonNullable<Verdict['detail']>,
) {
  if (verdict === 'not-a-person') return 'employee' in kept ? 'employee' : verdict;
  return verdict === 'loop' && isRecord(kept.chain) && kept.chain.ended === 'undo' ? 'undo' : verdict;
}

function sayChain(chain: unknown, { stages }: SayingFacts): string {
  const entered = isRecord(chain) && Array.isArray(chain.entered) ? chain.entered.filter(isRecord) : [];
  const origin = isRecord(chain) && isRecord(chain.origin) ? Object.values(chain.origin)[0] : undefined;
  const ids = [...(origin === undefined ? [] : [origin]), ...entered.map(({ stage }) => stage)];
  return ids.flatMap((id) => stages.find((one) => one.id === Number(id))?.name ?? []).join(' → ');
}
