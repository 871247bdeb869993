import { Tooltip } from '@mantine/core';
import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './field-row.module.css';

/** Why a value can be read and not changed: a person's roles hold it back. */
export function HeldBack() {
  const { t } = useTranslation('fields');
  const reason = t('heldBack');
  return (
    <Tooltip label={reason} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without it nobody reads the reason by keyboard */}
      <span className={styles.held} role="img" aria-label={reason} tabIndex={0}>
        <Lock size={13} aria-hidden />
      </span>
    </Tooltip>
  );
}
