import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { useSuspenseQueries } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { automationFactsQueries } from '../../api/automation/automation-facts.ts';
import { isSeen } from '../../api/items/fields.ts';
import { useMe } from '../../api/workspace/me.ts';
import { type FormFacts, FormFactsProvider, nothingToChoose, type StageOption } from '../../controls/form-facts.tsx';
import { variablesOf } from '../../controls/words/variables.ts';

interface ListFactsProps {
  readonly type: string;
  readonly stages: readonly StageOption[];
  readonly children: ReactNode;
}

/** What the condition builder chooses from in a list: there is no signal to ask for. */
export function ListFacts({ type, stages, children }: ListFactsProps) {
  const { t, i18n } = useTranslation('automation');
  const me = useMe();
  const language = parseLanguage(i18n.language);
  const { users, ...asked } = automationFactsQueries;
  const queries = [asked.fields(type), asked.clientFields, users] as const;
  const [ofType, ofClient, people] = useSuspenseQueries({ queries });
  const facts = useMemo((): FormFacts => {
    const [fields, clientFields] = [ofType.data.filter(isSeen), ofClient.data.filter(isSeen)];
    const naming = { fields, clientFields, language, t };
    return {
      ...nothingToChoose,
      ...{ language, itemType: type, currency: me.workspace.currency, stages },
      ...{ fields, people: people.data, roles: ['admin', 'employee'] },
      variables: variablesOf(null, naming).filter(({ path }) => !path.startsWith('signal.')),
    };
  }, [ofType.data, ofClient.data, people.data, language, t, type, me.workspace.currency, stages]);
  return <FormFactsProvider facts={facts}>{children}</FormFactsProvider>;
}
