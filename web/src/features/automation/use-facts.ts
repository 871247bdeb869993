import { thingKinds } from '@signalbox/automation/kit/settings/references.ts';
import type { TextForm } from '@signalbox/automation/kit/settings/setting.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import type { ItemTypeEntry } from '@signalbox/contract/item-types.ts';
import { useQueries, useQuery, useSuspenseQueries } from '@tanstack/react-query';
import i18next from 'i18next';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { previewTemplate } from '../../api/automation/automation.ts';
import { automationFactsQueries, callAddress, makeWebhook } from '../../api/automation/automation-facts.ts';
import { pipelinesQuery } from '../../api/automation/pipelines.ts';
import { itemTypesQuery } from '../../api/items/item-types.ts';
import { searchQuery } from '../../api/items/search.ts';
import { Refusal } from '../../api/transport/errors.ts';
import { queryClient } from '../../api/transport/query-client.ts';
import { useMe } from '../../api/workspace/me.ts';
import { definitionOf } from '../../controls/definitions.ts';
import {
  type FormFacts,
  nothingToChoose,
  type Preview,
  type PreviewItem,
  type StageOption,
} from '../../controls/form-facts.tsx';
import { problemText } from '../../ui/text/problem-text.ts';
import type { Card } from './model/cards.ts';
import { variablesFor } from './model/variables.ts';
import { inWords } from './settings/errors-by-field.ts';

interface FactsInput {
  readonly type: string;
  readonly pipeline: number;
  readonly stages: readonly StageOption[];
}

const noCards: readonly Card[] = [];

export interface ScreenFacts {
  /** What every form of the screen draws on. */
  readonly facts: FormFacts;
  /** The same without an item to try things on, so that the cards are not drawn again for it. */
  readonly ofCards: FormFacts;
}

/** Each the same object until something in it changes. */
export function useFacts({ type, pipeline, stages }: FactsInput): ScreenFacts {
  const { t, i18n } = useTranslation('automation');
  const me = useMe();
  const { fields, clientFields, users, departments, channels, pipelines, itemTypes, latest } = useQueried(type);
  const [chosen, setPreviewItem] = useState<PreviewItem | null>(null);
  const previewItem = chosen ?? latest;
  const preview = usePreview(previewItem);
  const language = parseLanguage(i18n.language);
  const makeWebhookAddress = useCallback(() => makeWebhook(me.id), [me.id]);
  const ofCards = useMemo(
    () => ({
      ...nothingToChoose,
      language,
      itemType: type,
      pipeline,
      address: location.pathname,
      currency: me.workspace.currency,
      fields,
      people: users,
      departments,
      roles: ['admin', 'employee'],
      channels,
      references: {},
      stages,
      pipelines,
      itemTypes,
      variables: variablesFor(null, { fields, clientFields, cards: noCards, language, t }),
      findItems: (text: string) => findItems(type, text),
      choosePreviewItem: setPreviewItem,
      makeWebhookAddress,
      callAddress,
    }),
    [
      language,
      type,
      pipeline,
      me.workspace.currency,
      fields,
      users,
      departments,
      channels,
      stages,
      pipelines,
      itemTypes,
      clientFields,
      t,
      makeWebhookAddress,
    ],
  );
  return { ofCards, facts: useMemo(() => ({ ...ofCards, previewItem, preview }), [ofCards, previewItem, preview]) };
}

/** The same facts with the names that this card may use: its signals, the results of the rules beside it. */
export function useFactsOf(card: Card | null, facts: FormFacts, cards: readonly Card[]): FormFacts {
  const { t } = useTranslation('automation');
  const { data: clientFields = [] } = useQuery(automationFactsQueries.clientFields);
  const references = useReferences(card);
  return useMemo(
    () => ({
      ...facts,
      references,
      address: card === null ? facts.address : `${facts.address}#${encodeURIComponent(card.id ?? card.uid)}`,
      variables: variablesFor(card, { fields: facts.fields, clientFields, cards, language: facts.language, t }),
    }),
    [card, facts, cards, clientFields, references, t],
  );
}

/** What the card's settings choose from besides channels. */
function useReferences(card: Card | null): FormFacts['references'] {
  const fields = Object.values((card && definitionOf(card)?.fields) ?? {});
  const wanted = new Set(fields.flatMap(({ control, of }) => (control === 'references' ? (of ?? []) : [])));
  const kinds = thingKinds.filter((kind) => wanted.has(kind));
  const { automation } = useMe().rights.areas;
  return useQueries({
    queries: kinds.map((kind) => ({ ...automationFactsQueries.references(kind), enabled: automation })),
    combine: (answers) => Object.fromEntries(kinds.map((kind, at) => [kind, answers[at]?.data ?? []])),
  });
}

function useQueried(type: string) {
  const { fields, clientFields, users, departments, channels, latestItems } = automationFactsQueries;
  const [ofType, ofClient, people, units, connected, every, types] = useSuspenseQueries({
    queries: [fields(type), clientFields, users, departments, channels, pipelinesQuery, itemTypesQuery],
  });
  const [latest] = useQuery(latestItems(type)).data ?? [];
  return {
    fields: ofType.data,
    clientFields: ofClient.data,
    users: people.data,
    departments: units.data,
    channels: connected.data,
    pipelines: every.data,
    itemTypes: namesOf(types.data),
    latest: latest ?? null,
  };
}

function usePreview(item: PreviewItem | null): FormFacts['preview'] {
  const { t } = useTranslation('automation');
  return useCallback(
    async (text: string, as: TextForm): Promise<Preview> => {
      if (item === null) return { text: '' };
      try {
        return { text: (await previewTemplate({ text, item: item.id, as })).rendered };
      } catch (error) {
        if (error instanceof Refusal) {
          const [first] = error.fields;
          return { problem: first === undefined ? problemText(error, i18next.t) : inWords(first, t) };
        }
        throw error;
      }
    },
    [item, t],
  );
}

async function findItems(type: string, text: string): Promise<readonly PreviewItem[]> {
  if (text.trim() === '') return queryClient.fetchQuery(automationFactsQueries.latestItems(type));
  const found = await queryClient.fetchQuery(searchQuery(text.trim()));
  return found.items.filter((item) => item.type === type).map(({ id, title }) => ({ id, title }));
}

const known = new WeakMap<readonly ItemTypeEntry[], Readonly<Record<string, string>>>();

/** The same object until the types are others. */
function namesOf(types: readonly ItemTypeEntry[]): Readonly<Record<string, string>> {
  const names = known.get(types) ?? Object.fromEntries(types.map(({ code, name }) => [code, name]));
  known.set(types, names);
  return names;
}
