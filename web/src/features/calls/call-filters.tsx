import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { channelsQuery } from '../../api/workspace/channels.ts';
import styles from './calls.module.css';

const WAIT_MS = 250;
/** Days that the figures may reach back; the first by default. */
export const PERIODS = [30, 7, 90, 365] as const;

export function PeriodFilter({ days }: { days: number }) {
  const { t } = useTranslation('phone');
  const navigate = useNavigate({ from: '/calls' });
  const offered = PERIODS.some((one) => one === days) ? PERIODS : [...PERIODS, days];
  return (
    <Select
      size="xs"
      className={styles.filter}
      aria-label={t('page.days')}
      data={offered
        .toSorted((a, b) => a - b)
        .map((one) => ({ value: String(one), label: t('page.lastDays', { count: one }) }))}
      value={String(days)}
      onChange={(next) => void navigate({ search: (before) => ({ ...before, days: next ? Number(next) : undefined }) })}
      allowDeselect={false}
    />
  );
}

export function CallFilters({ withDirection, withSearch }: { withDirection: boolean; withSearch: boolean }) {
  const { t } = useTranslation('phone');
  const { line, direction, q } = useSearch({ from: '/signed-in/calls' });
  const navigate = useNavigate({ from: '/calls' });
  const { data: lines = [] } = useQuery(channelsQuery('phone-line'));
  const search = useDebouncedCallback(
    (text: string) =>
      void navigate({ search: (before) => ({ ...before, q: text.trim() || undefined }), replace: true }),
    WAIT_MS,
  );
  return (
    <>
      {lines.length > 1 && (
        <Select
          size="xs"
          className={styles.filter}
          aria-label={t('page.line')}
          placeholder={t('page.anyLine')}
          data={lines.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={line === undefined ? null : String(line)}
          onChange={(id) =>
            void navigate({ search: (before) => ({ ...before, line: id === null ? undefined : Number(id) }) })
          }
          clearable
        />
      )}
      {withDirection && (
        <Select
          size="xs"
          className={styles.filter}
          aria-label={t('page.direction')}
          placeholder={t('page.anyDirection')}
          data={(['incoming', 'outgoing'] as const).map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={direction ?? null}
          onChange={(next) =>
            void navigate({
              search: (before) => ({
                ...before,
                direction: next === 'incoming' || next === 'outgoing' ? next : undefined,
              }),
            })
          }
          clearable
        />
      )}
      {withSearch && (
        <TextInput
          size="xs"
          className={styles.search}
          aria-label={t('page.search')}
          placeholder={t('page.search')}
          leftSection={<Search size={14} aria-hidden />}
          defaultValue={q ?? ''}
          onChange={(event) => search(event.currentTarget.value)}
        />
      )}
    </>
  );
}
