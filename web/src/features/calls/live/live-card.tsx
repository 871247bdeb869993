import { ActionIcon, Button, Group } from '@mantine/core';
import type { LiveCall } from '@signalbox/contract/channels/calls.ts';
import { PhoneCall, PhoneOff, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useChangeCall } from '../../../api/items/calls.ts';
import { callIcons } from '../../../controls/phone/call-kind.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { sayFailed } from '../../../ui/notify.ts';
import { useFormat } from '../../../ui/text/format.ts';
import { CallNote } from './call-note.tsx';
import { CallTime } from './call-time.tsx';
import styles from './live-calls.module.css';
import { MakeClient } from './make-client.tsx';

interface LiveCardProps {
  readonly call: LiveCall;
  readonly hide: () => void;
}

/** Who calls, what is open with them, when one last dealt with them; taken and put down here where the phone is the browser. */
export function LiveCard({ call, hide }: LiveCardProps) {
  const { t } = useTranslation('phone');
  const { t: common } = useTranslation();
  const { moment } = useFormat();
  const Icon = callIcons[call.direction];
  const who = call.client?.name ?? call.number ?? t('withheld');
  const isRinging = call.state === 'ringing';
  return (
    <article
      className={styles.card}
      data-ringing={isRinging || undefined}
      aria-label={`${t(`kinds.${call.direction}`)}: ${who}`}
    >
      <div className={styles.head}>
        <Icon size={16} aria-hidden />
        <span className={styles.kind}>
          {t(`kinds.${call.direction}`)} {t('onLine', { line: call.lineName })} · {t(isRinging ? 'ringing' : 'talking')}{' '}
          <CallTime call={call} />
        </span>
        <ActionIcon size="sm" aria-label={`${common('common.close')}: ${who}`} onClick={hide}>
          <X size={15} />
        </ActionIcon>
      </div>
      <p className={styles.who}>
        {call.client ? (
          <TextLink
            to="/clients/$kind/$client"
            params={{ kind: call.client.kind, client: String(call.client.id) }}
            inherit
          >
            {who}
          </TextLink>
        ) : (
          who
        )}
      </p>
      {call.client && call.number !== null && <p className={styles.small}>{call.number}</p>}
      <p className={styles.small}>
        {call.lastContact === null ? t('live.firstContact') : t('live.lastContact', { at: moment(call.lastContact) })}
      </p>
      <OpenItems call={call} />
      <Hands call={call} />
      <CallNote call={call} />
      <MakeClient call={call} />
    </article>
  );
}

function OpenItems({ call: { openItems } }: { call: LiveCall }) {
  if (openItems.length === 0) return null;
  return (
    <ul className={styles.items}>
      {openItems.map(({ id, title, stage }) => (
        <li key={id}>
          <TextLink to="/items/$item" params={{ item: String(id) }} size="sm">
            {title}
          </TextLink>{' '}
          <span className={styles.stage}>{stage}</span>
        </li>
      ))}
    </ul>
  );
}

function Hands({ call: { id, direction, state, inBrowser } }: { call: LiveCall }) {
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
