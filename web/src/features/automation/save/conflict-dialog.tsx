import { Badge, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { useCardWords } from '../board/use-card-words.ts';
import type { Card } from '../model/cards.ts';
import { cardName } from '../model/definitions.ts';
import type { Draft } from '../model/draft.ts';
import { cardsOf } from '../model/file.ts';
import { type Difference, differences, type Meeting, merge, type Side } from '../model/merge.ts';
import { cardsNamedBy } from '../model/variables.ts';
import styles from './save.module.css';
import type { Conflict } from './use-save.ts';

interface ConflictDialogProps {
  readonly draft: Draft;
  readonly conflict: Conflict;
  readonly onMerge: (cards: readonly Card[]) => void;
  readonly onOverwrite: () => void;
  readonly onClose: () => void;
}

/** Somebody saved meanwhile: what each of the two changed, and whose stays where both changed one card. */
export function ConflictDialog({ draft, conflict, onMerge, onOverwrite, onClose }: ConflictDialogProps) {
  const { t } = useTranslation('automation');
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  const meeting: Meeting = useMemo(
    () => ({ base: draft.file, mine: draft.cards, theirs: conflict.theirs }),
    [draft, conflict],
  );
  const found = useMemo(() => differences(meeting), [meeting]);
  return (
    <Dialog close={onClose} title={t('conflict.title')} size="lg">
      <Text size="sm" mb="sm">
        {t('conflict.text')}
      </Text>
      <Stack gap="xs" mb="md" mah="50vh" style={{ overflowY: 'auto' }}>
        {found.map((difference) => (
          <DifferenceLine
            key={difference.id}
            meeting={meeting}
            difference={difference}
            side={sides[difference.id] ?? 'mine'}
            onSide={(side) => setSides({ ...sides, [difference.id]: side })}
          />
        ))}
      </Stack>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('conflict.later')}
        </Button>
        <Button variant="light" color="red" onClick={onOverwrite}>
          {t('conflict.overwrite')}
        </Button>
        <Button onClick={() => onMerge(merge(meeting, ({ id }) => sides[id] ?? 'mine'))}>{t('conflict.merge')}</Button>
      </Group>
    </Dialog>
  );
}

interface DifferenceLineProps {
  readonly meeting: Meeting;
  readonly difference: Difference;
  readonly side: Side;
  readonly onSide: (side: Side) => void;
}

function DifferenceLine({ meeting, difference, side, onSide }: DifferenceLineProps) {
  const { t } = useTranslation('automation');
  const { language, stages } = useFormFacts();
  const { base, mine, theirs, conflict } = difference;
  const card = mine ?? theirs ?? base;
  if (card === null) return null;
  return (
    <div className={styles.difference}>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" flex={1} truncate>
          {cardName(card, language)}
          <Text span size="xs" c="dimmed" ml={6}>
            {stages.find(({ code }) => code === card.stage)?.name ?? card.stage}
          </Text>
        </Text>
        {changeOf(base, mine) !== null && (
          <Badge variant="light" tt="none">
            {t('conflict.you', { change: t(`conflict.changes.${changeOf(base, mine) ?? 'changed'}`) })}
          </Badge>
        )}
        {changeOf(base, theirs) !== null && (
          <Badge variant="light" color="grape" tt="none">
            {t('conflict.they', { change: t(`conflict.changes.${changeOf(base, theirs) ?? 'changed'}`) })}
          </Badge>
        )}
        {conflict && (
          <SegmentedControl
            size="xs"
            data={[
              { value: 'mine', label: t('conflict.mine') },
              { value: 'theirs', label: t('conflict.theirs') },
            ]}
            value={side}
            onChange={(next) => onSide(next === 'theirs' ? 'theirs' : 'mine')}
          />
        )}
      </Group>
      {conflict && <SideInWords label={t('conflict.mine')} card={mine} beside={meeting.mine} />}
      {conflict && <SideInWords label={t('conflict.theirs')} card={theirs} beside={cardsOf(meeting.theirs)} />}
    </div>
  );
}

interface SideProps {
  readonly label: string;
  readonly card: Card | null;
  readonly beside: readonly Card[];
}

/** What one of the two made of it, so that the choice is not a blind one. */
function SideInWords({ label, card, beside }: SideProps) {
  const { t } = useTranslation('automation');
  return (
    <Text size="xs" c="dimmed" mt={4}>
      {label}: {card === null ? t('conflict.changes.removed') : <CardInWords card={card} beside={beside} />}
    </Text>
  );
}

function CardInWords({ card, beside }: Pick<SideProps, 'beside'> & { card: Card }) {
  const { t } = useTranslation('automation');
  const { stages } = useFormFacts();
  const { when, line, who, condition } = useCardWords(card, cardsNamedBy(card, beside), t);
  const stage = stages.find(({ code }) => code === card.stage)?.name ?? card.stage;
  return [stage, when, line, who, condition].filter((text) => text !== '').join(' · ');
}

/** What happened to a card on one side; null when nothing did. */
export function changeOf(base: Card | null, now: Card | null): 'added' | 'removed' | 'changed' | null {
  if (base === null) return now === null ? null : 'added';
  if (now === null) return 'removed';
  return JSON.stringify({ ...base, uid: '' }) === JSON.stringify({ ...now, uid: '' }) ? null : 'changed';
}
