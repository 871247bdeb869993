import { useQuery } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { callStatisticsQuery } from '../../api/items/calls.ts';
import { clockOf } from '../../controls/phone/call-kind.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import styles from './calls.module.css';
import { HourPlot } from './hour-plot.tsx';

/** Answered and missed calls, and how long clients waited, by the hour of the day. */
export function LineHours({ line, days }: { line: number | undefined; days: number }) {
  const { t } = useTranslation('phone');
  const { data: hours, error, refetch } = useQuery(callStatisticsQuery(line, days));
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!hours) return <Loading lines={8} />;
  if (hours.length === 0)
    return <EmptyState icon={ChartColumn} title={t('hours.none')} text={t('hours.noneText', { count: days })} />;
  const waited = hours.map(({ hour, waitingSeconds }) => ({ hour, parts: [Math.round(waitingSeconds)] }));
  return (
    <div className={styles.plots}>
      <HourPlot
        title={t('hours.calls', { count: days })}
        bars={hours.map(({ hour, answered, missed, outgoing }) => ({ hour, parts: [answered, missed, outgoing] }))}
        names={[t('hours.answered'), t('hours.missed'), t('hours.outgoing')]}
        say={String}
      />
      <HourPlot title={t('hours.waiting')} bars={waited} names={[t('hours.waited')]} say={clockOf} />
    </div>
  );
}
