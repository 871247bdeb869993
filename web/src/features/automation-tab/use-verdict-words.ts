import { refusalInWords } from '@signalbox/automation/engine/saying/say-refusal.ts';
import { missingRate } from '@signalbox/automation/kit/conditions/compare.ts';
import { ratesInWords } from '@signalbox/automation/kit/conditions/rates-used.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { ItemSignal, Verdict } from '@signalbox/contract/automation/signals.ts';
import { useTranslation } from 'react-i18next';
import { inWords } from '../../controls/condition/in-words.ts';
import { recordsIn, useNamesOfRecords } from '../../controls/condition/names-of-records.ts';
import { treeOf } from '../../controls/condition/tree.ts';
import { useWords } from '../../controls/condition/use-words.ts';
import { ownName } from '../../controls/definitions.ts';
import type { Say } from '../../controls/words/setting-in-words.ts';
import type { TabFacts } from './use-tab-facts.ts';

interface Saying {
  readonly verdict: Verdict;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly who: { readonly name: string; readonly stage: string };
  readonly facts: TabFacts;
  readonly words: ReturnType<typeof useWords>;
  readonly mover: string;
  readonly t: Say;
}

/** Says each verdict on a signal in the language on screen. */
export function useVerdictWords(signal: ItemSignal, facts: TabFacts): (verdict: Verdict) => string {
  const { t } = useTranslation('automation');
  const words = useWords(facts, useNamesOfRecords(recordsOf(signal, facts)), t);
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
      words,
      mover: moving === undefined ? '' : nameOf(moving),
      t,
    });
    // At which rates amounts were compared: today's may be others.
    const rates = ratesInWords(verdict.detail?.rates);
    return rates === '' ? sentence : `${sentence} (${rates})`;
  };
}

/** The clients and items that the conditions of the verdicts name, and those that were found instead. */
function recordsOf({ verdicts }: ItemSignal, { variables }: TabFacts): readonly string[] {
  const named = verdicts.flatMap(({ detail }) => {
    if (!isRecord(detail?.part)) return [];
    const found = treeOf({ ...detail.part, value: detail.got });
    return [treeOf(detail.part), found].flatMap((tree) => recordsIn(tree, variables));
  });
  return [...new Set(named)];
}

const sayings: Readonly<Record<Verdict['verdict'], (saying: Saying) => string>> = {
  moves: ({ who, t }) => t('verdicts.moves', who),
  'already-here': ({ who, t }) => t('verdicts.alreadyHere', who),
  'would-move-back': ({ who, t }) => t('verdicts.wouldMoveBack', who),
  'not-a-person': ({ who, detail, t }) => t('employee' in detail ? 'verdicts.employee' : 'verdicts.machine', who),
  outrun: ({ who, mover, t }) => t('verdicts.outrun', { ...who, other: mover }),
  settings: saySettings,
  condition: sayCondition,
  loop: ({ who, detail, facts, t }) => t('verdicts.loop', { ...who, chain: chainOf(detail.chain, facts) }),
};

function saySettings({ verdict, detail, who, facts }: Saying): string {
  const { language, timeZone, fields, channels, people, stageNames } = facts;
  const stages = [...stageNames].map(([id, name]) => ({ id, name, code: String(id) }));
  const words = refusalInWords(
    { key: verdict.key, detail },
    {
      ...{ language, timeZone, fields, stages },
      person: (id) => people.find((one) => one.id === id)?.name,
      thing: (id) => channels.find((one) => String(one.id) === String(id))?.name,
    },
  );
  return `${who.name} (${who.stage}): ${words}`;
}

function sayCondition({ detail, who, words, t }: Saying): string {
  const part = isRecord(detail.part) ? detail.part : {};
  const got = words.value(String(part.field ?? ''), detail.got, 'equals');
  const currency = missingRate(detail.note);
  const key = currency !== undefined ? 'conditionUnknown' : detail.note === 'not' ? 'conditionNot' : 'condition';
  return t(`verdicts.${key}`, {
    ...who,
    currency,
    part: inWords(treeOf(part), words),
    got: gotOf(detail, got === '…' ? t('log.empty2') : got, t),
  });
}

/** What was seen, unless it is of a field that the reader may not see. */
const gotOf = (detail: Saying['detail'], words: string, t: Say) =>
  detail.hidden === true ? t('verdicts.notSeen') : words;

function chainOf(chain: unknown, { stageNames }: TabFacts): string {
  const entered = isRecord(chain) && Array.isArray(chain.entered) ? chain.entered.filter(isRecord) : [];
  return entered.map(({ stage }) => stageNames.get(Number(stage)) ?? String(stage)).join(' → ');
}
