import { SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/workspace/may.ts';
import { CallFilters, PERIODS, PeriodFilter } from './call-filters.tsx';
import { CallList } from './call-list.tsx';
import styles from './calls.module.css';
import { LineHours } from './line-hours.tsx';

/** Missed calls that wait for somebody, all calls, and how the lines fare by the hour. */
export function CallsPage() {
  const { t } = useTranslation('phone');
  const { show = 'missed', days = PERIODS[0], ...filter } = useSearch({ from: '/signed-in/calls' });
  const navigate = useNavigate({ from: '/calls' });
  const may = useMay();
  const tabs = (['missed', 'all', 'hours'] as const).filter((tab) => tab !== 'hours' || may.areas.mail);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{t('page.title')}</h1>
        <SegmentedControl
          size="xs"
          value={show}
          onChange={(next) =>
            void navigate({ search: (before) => ({ ...before, show: tabs.find((tab) => tab === next) }) })
          }
          aria-label={t('page.title')}
          data={tabs.map((tab) => ({ value: tab, label: t(`page.${tab}`) }))}
        />
        <CallFilters withDirection={show === 'all'} withSearch={show !== 'hours'} />
        {show === 'hours' && <PeriodFilter days={days} />}
      </div>
      {show === 'hours' ? (
        <LineHours line={filter.line} days={days} />
      ) : (
        <CallList
          line={filter.line}
          q={filter.q}
          direction={show === 'all' ? filter.direction : undefined}
          unreturned={show === 'missed'}
        />
      )}
    </div>
  );
}
