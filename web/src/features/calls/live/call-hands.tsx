import { Button, Group } from '@mantine/core';
import type { LiveCall } from '@signalbox/contract/channels/calls.ts';
import { PhoneCall, PhoneOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useChangeCall } from '../../../api/items/calls.ts';
import { sayFailed } from '../../../ui/notify.ts';
import styles from './live-calls.module.css';

/** The call is taken and put down here where the phone is the browser. */
export function CallHands({ call: { id, direction, state, inBrowser } }: { call: LiveCall }) {
  const { t } = useTranslation('phone');
  const { mutate: change, isPending } = useChangeCall();
  const say = (next: 'answered' | 'ended') => change({ id, state: next }, { onError: sayFailed });
  if (!inBrowser) return state === 'ringing' ? <p className={styles.small}>{t('live.inYourPhone')}</p> : null;
  return (
    <Group gap="xs" grow>
      {state === 'ringing' && direction === 'incoming' && (
        <Button
          color="#1d7a3a"
          leftSection={<PhoneCall size={16} />}
          loading={isPending}
          onClick={() => say('answered')}
        >
          {t('live.take')}
        </Button>
      )}
      {(state === 'answered' || direction === 'outgoing') && (
        <Button color="red.8" leftSection={<PhoneOff size={16} />} loading={isPending} onClick={() => say('ended')}>
          {t('live.hangUp')}
        </Button>
      )}
    </Group>
  );
}
