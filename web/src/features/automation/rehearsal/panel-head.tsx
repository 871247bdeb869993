import { CloseButton, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './rehearsal.module.css';

interface PanelHeadProps {
  readonly title: string;
  readonly text: string;
  readonly onClose: () => void;
}

export function PanelHead({ title, text, onClose }: PanelHeadProps) {
  const { t } = useTranslation('rehearsal');
  return (
    <header className={styles.head}>
      <div>
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
      <CloseButton aria-label={t('close')} onClick={onClose} />
    </header>
  );
}
