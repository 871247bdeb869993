import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { automationFactsQueries } from '../../api/automation/automation-facts.ts';
import { useMe } from '../../api/workspace/me.ts';
import { inWords } from '../../controls/condition/in-words.ts';
import { recordsIn, useNamesOfRecords } from '../../controls/condition/names-of-records.ts';
import { treeOf } from '../../controls/condition/tree.ts';
import { useWords } from '../../controls/condition/use-words.ts';
import { nothingToChoose, type WordFacts } from '../../controls/form-facts.tsx';
import { variablesOf } from '../../controls/words/variables.ts';

/** A condition about items of a type in words; empty until what it names is known by its name. */
export function useConditionWords(condition: unknown, type: string): string {
  const { t } = useTranslation('automation');
  const tree = useMemo(() => treeOf(condition), [condition]);
  const facts = useWordFacts(type);
  const words = useWords(facts ?? nobody, useNamesOfRecords(recordsIn(tree, facts?.variables ?? [])), t);
  return facts === null ? '' : inWords(tree, words);
}

const nobody: WordFacts = { ...nothingToChoose, language: 'en', currency: '' };

function useWordFacts(type: string): WordFacts | null {
  const { t, i18n } = useTranslation('automation');
  const { currency, timeZone } = useMe().workspace;
  const language = parseLanguage(i18n.language);
  const fields = useQuery(automationFactsQueries.fields(type)).data;
  const clientFields = useQuery(automationFactsQueries.clientFields).data;
  const people = useQuery(automationFactsQueries.users).data;
  return useMemo(() => {
    if (fields === undefined || clientFields === undefined || people === undefined) return null;
    const variables = variablesOf(null, { fields, clientFields, language, t });
    return { ...nothingToChoose, language, currency, timeZone, fields, people, variables };
  }, [language, currency, timeZone, fields, clientFields, people, t]);
}
