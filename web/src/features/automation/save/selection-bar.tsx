import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Asking } from '../use-screen.ts';
import styles from './save.module.css';

interface SelectionBarProps {
  readonly selected: ReadonlySet<string>;
  readonly onAsk: (asking: Asking) => void;
  readonly onRemove: (uids: readonly string[]) => void;
  readonly onClear: () => void;
}

/** What can be done with several cards at once. */
export function SelectionBar({ selected, onAsk, onRemove, onClear }: SelectionBarProps) {
  const { t } = useTranslation('automation');
  if (selected.size === 0) return null;
  const uids = [...selected];
  return (
    <section className={styles.selection} aria-label={t('selection.bar')}>
      <Group gap="xs">
        <Text size="sm" fw={600} flex={1}>
          {t('selection.count', { count: uids.length })}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => onAsk({ how: 'copy', uids })}>
          {t('selection.copy')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onAsk({ how: 'move', uids })}>
          {t('selection.move')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            onRemove(uids);
            onClear();
          }}
        >
          {t('selection.delete')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onClear}>
          {t('selection.clear')}
        </Button>
      </Group>
    </section>
  );
}
