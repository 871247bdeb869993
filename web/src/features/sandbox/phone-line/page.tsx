import { Button, Group, Select, TextInput } from '@mantine/core';
import type { Call } from '@signalbox/contract/channels/calls.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Phone, PhoneCall, PhoneOff } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callsQuery, useClientAct, useRing } from '../../../api/items/calls.ts';
import { channelsQuery } from '../../../api/workspace/channels.ts';
import { callIcons, callKind, clockOf } from '../../../controls/phone/call-kind.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { sayFailed } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { fieldProblem } from '../../../ui/text/problem-text.ts';
import { RelativeTime } from '../../../ui/text/relative-time.tsx';
import styles from './phone.module.css';

/** The client's telephone: it calls a line of the sandbox, answers when it is called, and hangs up. */
export function Page() {
  const { t } = useTranslation('phone');
  const { data: lines, error, refetch } = useQuery(channelsQuery('phone-line'));
  const [chosen, choose] = useState<string | null>(null);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!lines) return <Loading lines={6} />;
  const ours = lines.filter(({ provider, enabled }) => provider === 'sandbox' && enabled);
  const line = ours.find(({ id }) => String(id) === chosen) ?? ours[0];
  if (line === undefined) return <EmptyState icon={Phone} title={t('sandbox.noLine')} text={t('sandbox.noLineText')} />;
  return (
    <div className={styles.page}>
      <Panel title={t('sandbox.title')}>
        {ours.length > 1 && (
          <Select
            label={t('page.line')}
            data={ours.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={String(line.id)}
            onChange={choose}
            allowDeselect={false}
          />
        )}
        <Ring line={line.id} />
      </Panel>
      <Panel title={t('sandbox.calls')}>
        <Calls line={line.id} />
      </Panel>
    </div>
  );
}

function Ring({ line }: { line: number }) {
  const { t } = useTranslation('phone');
  const { t: common } = useTranslation();
  const [number, setNumber] = useState('+48 601 234 567');
  const { mutate: ring, isPending, error } = useRing();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    ring({ line, direction: 'incoming', number });
  };
  return (
    <form onSubmit={onSubmit} className={styles.form}>
      <TextInput
        label={t('sandbox.number')}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
        error={fieldProblem(error, 'number', common)}
        inputMode="tel"
      />
      <Group gap="xs">
        <Button type="submit" leftSection={<PhoneCall size={16} />} loading={isPending}>
          {t('sandbox.ring')}
        </Button>
        <Button variant="default" onClick={() => ring({ line, direction: 'incoming', number: null })}>
          {t('sandbox.ringWithheld')}
        </Button>
      </Group>
    </form>
  );
}

function Calls({ line }: { line: number }) {
  const { t } = useTranslation('phone');
  const { data, error } = useInfiniteQuery(callsQuery({ line }));
  const calls = data?.pages[0]?.data.slice(0, 15) ?? [];
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Loading lines={4} />;
  if (calls.length === 0) return <p className={styles.small}>{t('sandbox.none')}</p>;
  return (
    <ul className={styles.list}>
      {calls.map((call) => (
        <ClientSide key={call.id} call={call} />
      ))}
    </ul>
  );
}

function ClientSide({ call }: { call: Call }) {
  const { t } = useTranslation('phone');
  const { mutate: act, isPending } = useClientAct();
  const kind = callKind(call);
  const Icon = callIcons[kind];
  const isLive = call.endedAt === null;
  const does = (what: 'answer' | 'hang-up') => act({ id: call.id, act: what }, { onError: sayFailed });
  const number = call.number ?? t('withheld');
  const state = call.state === 'answered' ? t('talking') : call.state === 'ringing' ? t('ringing') : t(`kinds.${kind}`);
  return (
    <li className={styles.row} data-live={isLive || undefined}>
      <Icon size={16} aria-hidden />
      <span className={styles.who}>
        {call.client?.name ?? number}
        <span className={styles.small}>
          {state}
          {call.state === 'ended' && ` · ${clockOf(call.talkSeconds ?? 0)}`}
          {call.employee && ` · ${call.employee.name}`} · <RelativeTime at={call.startedAt} />
        </span>
      </span>
      {isLive && (
        <Group gap="xs">
          {call.direction === 'outgoing' && call.state === 'ringing' && (
            <Button
              size="compact-sm"
              color="#1d7a3a"
              loading={isPending}
              aria-label={`${t('sandbox.answer')}: ${number}`}
              onClick={() => does('answer')}
            >
              {t('sandbox.answer')}
            </Button>
          )}
          <Button
            size="compact-sm"
            color="red.8"
            leftSection={<PhoneOff size={14} />}
            loading={isPending}
            aria-label={`${t('sandbox.hangUp')}: ${number}`}
            onClick={() => does('hang-up')}
          >
            {t('sandbox.hangUp')}
          </Button>
        </Group>
      )}
    </li>
  );
}
