import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Workflow, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { GREEN, useScreen } from '../editing/screen.tsx';
import styles from './first-step.module.css';

/** Over a board with no cards: what they are, and the first one. */
export function FirstStep() {
  const { t } = useTranslation('automation');
  const { openCatalogue } = useScreen();
  return (
    <Over title={t('board.empty.title')} text={t('board.empty.text')}>
      <Group justify="center" gap="xs" className={styles.actions}>
        <Button color={GREEN} leftSection={<Zap size={16} />} onClick={() => openCatalogue(null, 'trigger')}>
          {t('create.trigger')}
        </Button>
        <Button variant="default" leftSection={<Workflow size={16} />} onClick={() => openCatalogue(null, 'rule')}>
          {t('create.rule')}
        </Button>
      </Group>
    </Over>
  );
}

/** Over a board whose cards are all searched away. */
export function NothingShown({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation('automation');
  return (
    <Over title={t('board.none.title')} text={t('board.none.text')}>
      <Button variant="default" className={styles.actions} onClick={onClear}>
        {t('board.none.clear')}
      </Button>
    </Over>
  );
}

function Over({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <Stack className={styles.over} align="center" gap="xs" px="md">
      <Title order={2} size="h4" ta="center">
        {title}
      </Title>
      <Text c="dimmed" size="sm" maw={460} ta="center">
        {text}
      </Text>
      {children}
    </Stack>
  );
}
