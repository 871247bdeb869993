import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { automationFactsQueries } from '../../../api/automation/automation-facts.ts';
import { useMe } from '../../../api/workspace/me.ts';
import { type FormFacts, FormFactsProvider, nothingToChoose } from '../../../controls/form-facts.tsx';

/** What the settings of a channel choose from: the people of the company. */
export function ChannelFacts({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation();
  const { currency } = useMe().workspace;
  const { data: people } = useQuery(automationFactsQueries.users);
  const language = parseLanguage(i18n.language);
  const facts = useMemo(
    (): FormFacts => ({ ...nothingToChoose, language, currency, people: people ?? [] }),
    [language, currency, people],
  );
  return <FormFactsProvider facts={facts}>{children}</FormFactsProvider>;
}
