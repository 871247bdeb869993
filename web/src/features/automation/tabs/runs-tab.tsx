import { Table, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AutomationStats } from '../../../api/automation/automation.ts';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { ReasonText, useReasonWords } from '../../../controls/words/reason-words.tsx';
import { TextLink } from '../../../ui/button-link.tsx';
import type { Card } from '../model/cards.ts';
import { cardName } from '../model/definitions.ts';
import styles from './tabs.module.css';

interface RunsTabProps {
  readonly cards: readonly Card[];
  readonly stats: AutomationStats | undefined;
  readonly onOpen: (uid: string) => void;
}

/** What each trigger and rule did in the last 30 days, and what still waits. */
export function RunsTab({ cards, stats, onOpen }: RunsTabProps) {
  const { t } = useTranslation('automation');
  const { stages, language } = useFormFacts();
  const saved = stages.flatMap((stage) =>
    cards.filter((card) => card.id !== null && card.stage === stage.code).map((card) => ({ stage, card })),
  );
  return (
    <Table.ScrollContainer minWidth={960} className={styles.page}>
      <Table highlightOnHover verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {(['stage', 'name', 'moves', 'runs', 'failed', 'waiting'] as const).map((column) => (
              <Table.Th key={column}>{t(`runs.${column}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {saved.map(({ stage, card }) => (
            <Table.Tr key={card.uid}>
              <Table.Td>{stage.name}</Table.Td>
              <Table.Td>
                <button type="button" className={styles.link} onClick={() => onOpen(card.uid)}>
                  {cardName(card, language)}
                </button>
              </Table.Td>
              <Counts card={card} stats={stats} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {saved.length === 0 && <Text c="dimmed">{t('runs.none')}</Text>}
    </Table.ScrollContainer>
  );
}

function Counts({ card, stats }: { card: Card; stats: AutomationStats | undefined }) {
  const moves = card.lane === 'trigger' ? (stats?.triggers[card.id ?? '']?.moves30 ?? 0) : null;
  const runs = card.lane === 'rule' ? stats?.rules[card.id ?? ''] : undefined;
  const isRule = card.lane === 'rule';
  return (
    <>
      <Table.Td>{moves ?? '–'}</Table.Td>
      <Table.Td>{isRule ? (runs?.runs30 ?? 0) : '–'}</Table.Td>
      <Table.Td>
        <Text span size="sm" c={(runs?.failed30 ?? 0) > 0 ? 'red' : undefined}>
          {isRule ? (runs?.failed30 ?? 0) : '–'}
        </Text>
        {runs?.lastFailure && <LastFailure card={card} failure={runs.lastFailure} />}
      </Table.Td>
      <Table.Td>{isRule ? (runs?.waiting ?? 0) : '–'}</Table.Td>
    </>
  );
}

type Failure = NonNullable<AutomationStats['rules'][string]['lastFailure']>;

/** Why it failed the last time, what to do, and the way to the item. */
function LastFailure({ card, failure: { item, reason, error } }: { card: Card; failure: Failure }) {
  const { t } = useTranslation('automation');
  const { itemType, fields } = useFormFacts();
  const { pipeline } = useParams({ strict: false });
  const words = useReasonWords()({ reason, error, rule: card.key, fields });
  return (
    <Text size="xs" c="dimmed" maw={360}>
      {words && <ReasonText words={words} />}{' '}
      {pipeline !== undefined && (
        <TextLink
          size="xs"
          underline="always"
          to="/board/$type/$pipeline/items/$item"
          params={{ type: itemType, pipeline, item: String(item) }}
          search={{ tab: 'automation' }}
        >
          {t('runs.lastItem')}
        </TextLink>
      )}
    </Text>
  );
}
