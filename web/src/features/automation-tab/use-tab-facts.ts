import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { useSuspenseQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type AutomationBoard, automationQuery } from '../../api/automation/automation.ts';
import { automationFactsQueries } from '../../api/automation/automation-facts.ts';
import { pipelinesQuery } from '../../api/automation/pipelines.ts';
import { useMe } from '../../api/workspace/me.ts';
import type { WordFacts } from '../../controls/form-facts.tsx';
import { variablesOf } from '../../controls/words/variables.ts';

export interface TabFacts extends WordFacts {
  readonly type: string;
  /** Of its contacts and companies. */
  readonly clientFields: TabFacts['fields'];
  readonly pipeline: number;
  readonly board: AutomationBoard;
  /** The workspace's, in which moments are told. */
  readonly timeZone: string;
  /** By the stage's number, for chains. */
  readonly stageNames: ReadonlyMap<number, string>;
}

/** What the tab needs to say everything in words: the board, the fields, the people, the stages. */
export function useTabFacts(type: string, pipeline: number): TabFacts {
  const { t, i18n } = useTranslation('automation');
  const { currency, timeZone } = useMe().workspace;
  const { fields, clientFields, users, channels } = automationFactsQueries;
  const [board, all, ofType, ofClient, people, connected] = useSuspenseQueries({
    queries: [automationQuery({ type, pipeline }), pipelinesQuery, fields(type), clientFields, users, channels],
  });
  const language = parseLanguage(i18n.language);
  return useMemo(() => {
    const own = all.data.find(({ id }) => id === pipeline);
    return {
      type,
      pipeline,
      language,
      currency,
      timeZone,
      board: board.data,
      fields: ofType.data,
      clientFields: ofClient.data,
      people: people.data,
      channels: connected.data,
      references: {},
      pipelines: all.data,
      itemTypes: {},
      stages: own?.stages ?? [],
      stageNames: new Map(all.data.flatMap(({ stages }) => stages.map(({ id, name }) => [id, name]))),
      variables: variablesOf(null, { fields: ofType.data, clientFields: ofClient.data, language, t }),
    };
  }, [
    type,
    pipeline,
    language,
    currency,
    timeZone,
    board.data,
    all.data,
    ofType.data,
    ofClient.data,
    people.data,
    connected.data,
    t,
  ]);
}
