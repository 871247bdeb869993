import { ActionIcon, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { trustedQuery, useDistrust } from '../../../api/items/held-mail.ts';
import { sayFailed } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import styles from '../settings.module.css';

/** Whose mail is never held back. */
export function Trusted() {
  const { t } = useTranslation('mail');
  const { data: senders = [] } = useQuery(trustedQuery);
  const { mutate: distrust } = useDistrust();
  if (senders.length === 0) return null;
  return (
    <Panel title={t('trusted')}>
      <ul className={styles.days}>
        {senders.map(({ id, address }) => (
          <li key={id}>
            <Group gap="xs" wrap="nowrap">
              <span className={styles.channelName}>{address}</span>
              <ActionIcon
                size="sm"
                aria-label={t('distrust', { address })}
                onClick={() => distrust(id, { onError: sayFailed })}
              >
                <X size={14} />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
