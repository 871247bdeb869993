import { evidenceInWords } from '@signalbox/automation/engine/saying/say-evidence.ts';
import { refusalInWords } from '@signalbox/automation/engine/saying/say-refusal.ts';
import { ratesInWords } from '@signalbox/automation/kit/conditions/rates-used.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { ItemSignal, Verdict } from '@signalbox/contract/automation/signals.ts';
import { useTranslation } from 'react-i18next';
import { ownName } from '../../controls/definitions.ts';
import type { Say } from '../../controls/words/setting-in-words.ts';
import { sayingFactsOf, useNamesInEvidence } from './saying-facts.ts';
import type { TabFacts } from './use-tab-facts.ts';

interface Saying {
  readonly verdict: Verdict;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly who: { readonly name: string; readonly stage: string };
  readonly facts: TabFacts;
  readonly saying: ReturnType<typeof sayingFactsOf>;
  readonly mover: string;
  readonly t: Say;
}

/** Says each verdict on a signal in the language on screen. */
export function useVerdictWords(signal: ItemSignal, facts: TabFacts): (verdict: Verdict) => string {
  const { t } = useTranslation('automation');
  const names = useNamesInEvidence(
    signal.verdicts.map(({ detail }) => detail),
    facts,
  );
  const saying = sayingFactsOf(facts, { names, signal: signal.kind });
  const nameOf = ({ name, key }: Verdict) => ownName({ lane: 'trigger', key }, name, facts.language);
  const moving = signal.verdicts.find(({ verdict }) => verdict === 'moves');
  return (verdict) => {
    const sentence = sayings[verdict.verdict]({
      verdict,
      detail: verdict.detail ?? {},
      who: {
        name: nameOf(verdict),
        stage: facts.stages.find(({ code }) => code === verdict.stage)?.name ?? verdict.stage,
      },
      facts,
      saying,
      mover: moving === undefined ? '' : nameOf(moving),
      t,
    });
    // At which rates amounts were compared: today's may be others.
    const rates = ratesInWords(verdict.detail?.rates);
    return rates === '' ? sentence : `${sentence} (${rates})`;
  };
}

const sayings: Readonly<Record<Verdict['verdict'], (saying: Saying) => string>> = {
  moves: ({ who, t }) => t('verdicts.moves', who),
  'already-here': ({ who, t }) => t('verdicts.alreadyHere', who),
  'would-move-back': ({ who, t }) => t('verdicts.wouldMoveBack', who),
  'not-a-person': ({ who, detail, t }) => t('employee' in detail ? 'verdicts.employee' : 'verdicts.machine', who),
  outrun: ({ who, mover, t }) => t('verdicts.outrun', { ...who, other: mover }),
  settings: ({ verdict, detail, who, saying }) =>
    `${who.name} (${who.stage}): ${refusalInWords({ key: verdict.key, detail }, saying)}`,
  condition: ({ detail, who, saying }) => `${who.name} (${who.stage}): ${evidenceInWords(detail, saying)}`,
  loop: ({ who, detail, facts, t }) =>
    isRecord(detail.chain) && detail.chain.ended === 'undo'
      ? t('verdicts.undone', who)
      : t('verdicts.loop', { ...who, chain: chainOf(detail.chain, facts) }),
};

function chainOf(chain: unknown, { stageNames }: TabFacts): string {
  const entered = isRecord(chain) && Array.isArray(chain.entered) ? chain.entered.filter(isRecord) : [];
  return entered.map(({ stage }) => stageNames.get(Number(stage)) ?? String(stage)).join(' → ');
}
