import type { Task } from '@signalbox/contract/tasks.ts';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../ui/hooks/use-now.ts';
import { dayOf, daysBetween } from '../../ui/inputs/days.ts';
import { useFormat } from '../../ui/text/format.ts';
import styles from './task-line.module.css';

/** Until when: a near day by its name, with its time; red when it is past. */
export function TaskDeadline({ task: { deadline, overdue } }: { task: Pick<Task, 'deadline' | 'overdue'> }) {
  const { t } = useTranslation('tasks');
  const { moment } = useFormat();
  const say = useDeadlineWords();
  if (deadline === null) return null;
  return (
    <time className={styles.deadline} dateTime={deadline} title={moment(deadline)} data-overdue={overdue || undefined}>
      {overdue && <span className={styles.unseen}>{t('days.overdue')}: </span>}
      {say(deadline)}
    </time>
  );
}

/** "Today, 18:00", "Friday, 09:00", "12 Jan, 18:00". */
function useDeadlineWords(): (deadline: string) => string {
  const { t } = useTranslation('tasks');
  const { language, time } = useFormat();
  const now = useNow();
  return (deadline) => {
    const at = new Date(deadline);
    const days = daysBetween(dayOf(now), dayOf(at));
    const near: Readonly<Record<number, string>> = {
      [-1]: t('days.yesterday'),
      0: t('days.today'),
      1: t('days.tomorrow'),
    };
    const isSoon = days > 1 && days < 7;
    const isThisYear = at.getFullYear() === now.getFullYear();
    const day =
      near[days] ??
      new Intl.DateTimeFormat(
        language,
        isSoon ? { weekday: 'long' } : { day: 'numeric', month: 'short', ...(!isThisYear && { year: 'numeric' }) },
      ).format(at);
    return `${day}, ${time(deadline)}`;
  };
}
