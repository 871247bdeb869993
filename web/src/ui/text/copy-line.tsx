import { Button, Code, CopyButton, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './copy-line.module.css';

/** A value that is to be taken elsewhere as it is. */
export function CopyLine({ label, value }: { readonly label: string; readonly value: string }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" mt={6}>
      <span className={styles.label}>{label}</span>
      <Code className={styles.value}>{value}</Code>
      <CopyButton value={value}>
        {({ copied, copy }) => {
          const words = t(copied ? 'common.copied' : 'common.copy');
          return (
            <Button size="compact-xs" variant="default" onClick={copy} aria-label={`${words}: ${label}`}>
              {words}
            </Button>
          );
        }}
      </CopyButton>
    </Group>
  );
}
