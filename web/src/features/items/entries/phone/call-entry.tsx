import type { Call } from '@signalbox/contract/channels/calls.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { itemCallsQuery } from '../../../../api/items/calls.ts';
import { callIcons, callKind, clockOf } from '../../../../controls/phone/call-kind.ts';
import { NoteOfCall } from '../../../../controls/phone/note-of-call.tsx';
import { PhoneNumber } from '../../../../controls/phone/phone-number.tsx';
import { RecordingPlayer } from '../../../../controls/recording/recording-player.tsx';
import { useFormat } from '../../../../ui/text/format.ts';
import { PlainEntry } from '../entries.tsx';
import { EntryFrame } from '../entry-frame.tsx';
import type { EntryProps } from '../entry-props.ts';
import styles from './call-entry.module.css';

/** A call with the client: who, how long, what became of it; the entry alone where its call cannot be seen. */
export function CallEntry({ entry, item }: EntryProps) {
  const { t } = useTranslation('phone');
  const { data } = useQuery(itemCallsQuery(item.id));
  const call = data?.get(Number(entry.call));
  return call ? <Talk call={call} item={item} /> : <PlainEntry entry={entry} name={t('kinds.incoming')} />;
}

function Talk({ call, item }: { call: Call } & Pick<EntryProps, 'item'>) {
  const { t } = useTranslation('phone');
  const kind = callKind(call);
  const isMissed = call.state === 'missed' && call.returned === null;
  return (
    <EntryFrame
      icon={callIcons[kind]}
      name={t(`kinds.${kind}`)}
      at={call.startedAt}
      author={call.employee}
      tone={isMissed ? 'fail' : undefined}
      boxed
    >
      <strong>{t(`kinds.${kind}`)}</strong>{' '}
      {call.number === null ? t('withheld') : <PhoneNumber number={call.number} item={item.id} />}{' '}
      <span className={styles.small}>{t('onLine', { line: call.lineName })}</span>
      <Facts call={call} />
      <RecordingPlayer call={call} />
      <NoteOfCall call={call} />
    </EntryFrame>
  );
}

function Facts({ call }: { call: Call }) {
  const { t } = useTranslation('phone');
  const { moment } = useFormat();
  const { state, talkSeconds, waitingSeconds, returned } = call;
  const facts = [
    ...(state === 'ringing' ? [t('ringing')] : []),
    ...(state === 'answered' ? [t('talking')] : []),
    ...(state === 'ended' ? [t('talked', { time: clockOf(talkSeconds ?? 0) })] : []),
    ...(call.direction === 'incoming' && waitingSeconds ? [t('waited', { time: clockOf(waitingSeconds) })] : []),
    ...(call.employees.length > 1 ? [call.employees.map(({ name }) => name).join(' → ')] : []),
    ...(call.afterHours ? [t('afterHours')] : []),
    ...(returned ? [t('calledBack', { name: returned.by?.name ?? t('somebody'), at: moment(returned.at) })] : []),
    ...(state === 'missed' && !returned ? [t('notCalledBack')] : []),
  ];
  return <p className={styles.small}>{facts.join(' · ')}</p>;
}
