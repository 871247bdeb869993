import { ActionIcon, Button, Group, Stack } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './shown-once.module.css';

/** Something secret that will not be shown again. */
export function ShownOnce({ text, secret, close }: { text: string; secret: string; close: () => void }) {
  const { t } = useTranslation();
  const { copy, copied } = useClipboard();
  return (
    <Stack gap="sm">
      <p className={styles.muted}>{text}</p>
      <div className={styles.secret}>
        <code>{secret}</code>
        <ActionIcon aria-label={t(copied ? 'common.copied' : 'common.copy')} onClick={() => copy(secret)}>
          {copied ? <Check size={16} /> : <Copy size={16} />}
        </ActionIcon>
      </div>
      <Group justify="flex-end">
        <Button onClick={close}>{t('common.close')}</Button>
      </Group>
    </Stack>
  );
}
