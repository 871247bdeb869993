import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { type AutomationStats, type BoardAddress, runForItemsHere } from '../../../api/automation/automation.ts';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { problemText } from '../../../ui/text/problem-text.ts';
import type { Card } from '../model/cards.ts';
import { cardName } from '../model/definitions.ts';
import styles from './save.module.css';

interface AlsoRunProps {
  readonly address: BoardAddress;
  readonly added: readonly string[];
  readonly cards: readonly Card[];
  readonly stats: AutomationStats | undefined;
  readonly onDone: () => void;
}

/** Items already on a stage are not touched when a rule is added; this offers it (semantics.md 5.1). */
export function AlsoRun({ address, added, cards, stats, onDone }: AlsoRunProps) {
  const { t } = useTranslation('automation');
  const waiting = cards.filter(
    ({ id, lane, stage }) => lane === 'rule' && id !== null && added.includes(id) && (stats?.stages[stage] ?? 0) > 0,
  );
  if (waiting.length === 0) return null;
  return (
    <section className={styles.bar} aria-label={t('alsoRun.title')}>
      <Group gap="sm" justify="space-between">
        <Text fw={600} size="sm">
          {t('alsoRun.title')}
        </Text>
        <Button size="compact-sm" variant="default" onClick={onDone}>
          {t('alsoRun.no')}
        </Button>
      </Group>
      {waiting.map((card) => (
        <Offer key={card.uid} address={address} card={card} count={stats?.stages[card.stage] ?? 0} />
      ))}
    </section>
  );
}

const SHOWN = 12;

function Offer({ address, card, count }: { address: BoardAddress; card: Card; count: number }) {
  const { t } = useTranslation('automation');
  const { language, stages } = useFormFacts();
  const look = useMutation({ mutationFn: () => runForItemsHere(address, card.id ?? '', true) });
  const run = useMutation({ mutationFn: () => runForItemsHere(address, card.id ?? '', false) });
  const stage = stages.find(({ code }) => code === card.stage)?.name ?? card.stage;
  const items = look.data?.items;
  const failed = look.error ?? run.error;
  return (
    <Group gap="sm" mt={6}>
      <Text size="sm" flex={1}>
        {t('alsoRun.offer', { name: cardName(card, language), stage, count })}
        {items !== undefined &&
          `: ${items
            .slice(0, SHOWN)
            .map(({ title }) => title)
            .join(', ')}${items.length > SHOWN ? '…' : ''}`}
        {items?.length === 0 && ` ${t('alsoRun.none')}`}
      </Text>
      {run.isSuccess ? (
        <Text size="sm" role="status">
          {t('alsoRun.started', { count: run.data.items.length })}
        </Text>
      ) : items === undefined ? (
        <Button size="compact-sm" variant="default" loading={look.isPending} onClick={() => look.mutate()}>
          {t('alsoRun.show')}
        </Button>
      ) : (
        <Button size="compact-sm" loading={run.isPending} disabled={items.length === 0} onClick={() => run.mutate()}>
          {t('alsoRun.run')}
        </Button>
      )}
      {failed !== null && (
        <Text size="sm" c="red" role="alert">
          {problemText(failed, i18next.t)}
        </Text>
      )}
    </Group>
  );
}
