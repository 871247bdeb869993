import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { taskCountsQuery } from '../api/tasks/tasks.ts';
import { useMe } from '../api/workspace/me.ts';
import { useNow } from '../ui/hooks/use-now.ts';
import { addDays, dayOf, startOf } from '../ui/inputs/days.ts';
import styles from './shell.module.css';

/** How many of one's own tasks are due today or overdue. */
export function DueTasks() {
  const { t } = useTranslation('tasks');
  const me = useMe();
  const deadlineTo = startOf(addDays(dayOf(useNow()), 1)).toISOString();
  const { data } = useQuery(taskCountsQuery({ responsible: me.id, open: '1', deadlineTo }));
  const count = dueOf(data);
  if (count === 0) return null;
  return (
    <span className={styles.due} role="img" aria-label={t('rail.due', { count })} title={t('rail.due', { count })}>
      {count > 99 ? '99+' : count}
    </span>
  );
}

// What was put off or handed in is not waiting for oneself.
const dueOf = (counts: ReadonlyMap<string, number> = new Map()) =>
  ['new', 'pending', 'in-progress'].reduce((total, status) => total + (counts.get(status) ?? 0), 0);
