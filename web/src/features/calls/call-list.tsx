import { Button } from '@mantine/core';
import type { Call } from '@signalbox/contract/channels/calls.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { PhoneMissed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type CallFilter, callsQuery } from '../../api/items/calls.ts';
import { callIcons, callKind, clockOf } from '../../controls/phone/call-kind.ts';
import { NoteOfCall } from '../../controls/phone/note-of-call.tsx';
import { PhoneNumber } from '../../controls/phone/phone-number.tsx';
import { RecordingPlayer } from '../../controls/recording/recording-player.tsx';
import { TextLink } from '../../ui/button-link.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { useFormat } from '../../ui/text/format.ts';
import { RelativeTime } from '../../ui/text/relative-time.tsx';
import styles from './calls.module.css';

export function CallList(filter: CallFilter) {
  const { t } = useTranslation('phone');
  const { t: common } = useTranslation();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(callsQuery(filter));
  const calls = data?.pages.flatMap((page) => page.data) ?? [];
  const isNarrowed = filter.line !== undefined || filter.direction !== undefined || filter.q !== undefined;
  const empty = isNarrowed ? 'nothingFound' : filter.unreturned ? 'noneMissed' : 'none';
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading lines={8} />;
  if (calls.length === 0)
    return <EmptyState icon={PhoneMissed} title={t(`page.${empty}`)} text={t(`page.${empty}Text`)} />;
  return (
    <ul className={styles.list}>
      {calls.map((call) => (
        <CallRow key={call.id} call={call} />
      ))}
      {hasNextPage && (
        <li>
          <Button variant="subtle" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {common('common.loadMore')}
          </Button>
        </li>
      )}
    </ul>
  );
}

function CallRow({ call }: { call: Call }) {
  const { t } = useTranslation('phone');
  const kind = callKind(call);
  const Icon = callIcons[kind];
  const isOpen = call.state === 'missed' && call.returned === null;
  return (
    <li className={styles.row} data-open={isOpen || undefined}>
      <span className={styles.icon} role="img" aria-label={t(`kinds.${kind}`)} title={t(`kinds.${kind}`)}>
        <Icon size={15} aria-hidden />
      </span>
      <div className={styles.who}>
        <Client call={call} />
        {call.number !== null && <PhoneNumber number={call.number} item={call.items[0]?.id} />}
      </div>
      <Outcome call={call} />
      <div className={styles.items}>
        {call.items.map(({ id, title }) => (
          <TextLink key={id} to="/items/$item" params={{ item: String(id) }} size="sm">
            {title}
          </TextLink>
        ))}
      </div>
      <span className={styles.when}>
        <RelativeTime at={call.startedAt} />
        <span>{call.lineName}</span>
      </span>
      <div className={styles.more}>
        <RecordingPlayer call={call} />
        <NoteOfCall call={call} small />
      </div>
    </li>
  );
}

function Client({ call: { client, number } }: { call: Call }) {
  const { t } = useTranslation('phone');
  if (client === null) return number === null ? <span>{t('withheld')}</span> : null;
  return (
    <TextLink to="/clients/$kind/$client" params={{ kind: client.kind, client: String(client.id) }} fw={600} size="sm">
      {client.name}
    </TextLink>
  );
}

function Outcome({ call }: { call: Call }) {
  const { t } = useTranslation('phone');
  const { moment } = useFormat();
  const { state, talkSeconds, waitingSeconds, returned, employee, employees } = call;
  const who = employees.length > 1 ? employees.map(({ name }) => name).join(' → ') : employee?.name;
  const facts = [
    ...(state === 'ringing' ? [t('ringing')] : []),
    ...(state === 'answered' ? [t('talking')] : []),
    ...(state === 'ended' ? [t('talked', { time: clockOf(talkSeconds ?? 0) })] : []),
    ...(state === 'missed' && waitingSeconds ? [t('waited', { time: clockOf(waitingSeconds) })] : []),
    ...(returned ? [t('calledBack', { name: returned.by?.name ?? t('somebody'), at: moment(returned.at) })] : []),
    ...(state === 'missed' && !returned ? [t('notCalledBack')] : []),
    ...(call.afterHours ? [t('afterHours')] : []),
  ];
  return (
    <div className={styles.outcome}>
      {who !== undefined && state !== 'missed' && <span>{who}</span>}
      <span className={styles.small}>{facts.join(' · ')}</span>
    </div>
  );
}
