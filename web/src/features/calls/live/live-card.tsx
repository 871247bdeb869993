import { ActionIcon } from '@mantine/core';
import type { LiveCall } from '@signalbox/contract/channels/calls.ts';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callIcons } from '../../../controls/phone/call-kind.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import { CallHands } from './call-hands.tsx';
import { CallNote } from './call-note.tsx';
import { CallTime } from './call-time.tsx';
import styles from './live-calls.module.css';
import { MakeOfCall } from './make-of-call.tsx';

interface LiveCardProps {
  readonly call: LiveCall;
  /** Begins as who calls and the button alone: it covers what one works on. */
  readonly small: boolean;
  /** The call has ended; what is being made of it is not yet. */
  readonly isOver: boolean;
  readonly hold: (held: boolean) => void;
  readonly hide: () => void;
}

/** Who calls, what is open with them, when one last dealt with them; taken and put down here where the phone is the browser. */
export function LiveCard({ call, small, isOver, hold, hide }: LiveCardProps) {
  const { t } = useTranslation('phone');
  const { t: common } = useTranslation();
  const [chosen, setOpened] = useState<boolean | null>(null);
  const details = useId();
  const Icon = callIcons[call.direction];
  const who = call.client?.name ?? call.number ?? t('withheld');
  const isRinging = call.state === 'ringing' && !isOver;
  const opened = chosen ?? (isOver || !small);
  const Chevron = opened ? ChevronDown : ChevronUp;
  return (
    <article
      className={styles.card}
      data-ringing={isRinging || undefined}
      aria-label={`${t(`kinds.${call.direction}`)}: ${who}`}
    >
      <div className={styles.head}>
        <Icon size={16} aria-hidden />
        <span className={styles.kind}>
          {t(`kinds.${call.direction}`)} {t('onLine', { line: call.lineName })} ·{' '}
          {isOver ? (
            t('live.over')
          ) : (
            <>
              {t(isRinging ? 'ringing' : 'talking')} <CallTime call={call} />
            </>
          )}
        </span>
        <ActionIcon
          size="sm"
          aria-label={`${t(opened ? 'live.less' : 'live.more')}: ${who}`}
          aria-expanded={opened}
          aria-controls={details}
          onClick={() => setOpened(!opened)}
        >
          <Chevron size={15} />
        </ActionIcon>
        <ActionIcon size="sm" aria-label={`${common('common.close')}: ${who}`} onClick={hide}>
          <X size={15} />
        </ActionIcon>
      </div>
      <Who call={call} who={who} />
      {!isOver && <CallHands call={call} />}
      <div id={details} className={styles.details} hidden={!opened}>
        <About call={call} who={who} />
        <CallNote call={call} />
        <MakeOfCall call={call} hold={hold} />
      </div>
    </article>
  );
}

function Who({ call: { client }, who }: { call: LiveCall; who: string }) {
  return (
    <p className={styles.who}>
      {client ? (
        <TextLink to="/clients/$kind/$client" params={{ kind: client.kind, client: String(client.id) }} inherit>
          {who}
        </TextLink>
      ) : (
        who
      )}
    </p>
  );
}

function About({ call: { number, lastContact, openItems }, who }: { call: LiveCall; who: string }) {
  const { t } = useTranslation('phone');
  const { moment } = useFormat();
  const contact = lastContact === null ? t('live.firstContact') : t('live.lastContact', { at: moment(lastContact) });
  return (
    <>
      <p className={styles.small}>{number === null || number === who ? contact : `${number} · ${contact}`}</p>
      {openItems.length > 0 && (
        <ul className={styles.items}>
          {openItems.map(({ id, title, stage }) => (
            <li key={id} className={styles.item}>
              <TextLink
                className={styles.title}
                title={title}
                to="/items/$item"
                params={{ item: String(id) }}
                size="sm"
              >
                {title}
              </TextLink>
              <span className={styles.stage}>{stage}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
