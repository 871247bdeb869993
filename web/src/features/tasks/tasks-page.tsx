import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../ui/loading.tsx';
import { DaysView } from './days/days-view.tsx';
import styles from './tasks.module.css';
import { TasksHead } from './tasks-head.tsx';
import { useTasksView } from './view/use-tasks-view.ts';

const views = {
  days: DaysView,
  list: lazy(() => import('./list/list-view.tsx').then((module) => ({ default: module.ListView }))),
  board: lazy(() => import('./board/board-view.tsx').then((module) => ({ default: module.BoardView }))),
  calendar: lazy(() => import('./calendar/calendar-view.tsx').then((module) => ({ default: module.CalendarView }))),
};

/** Tasks by day, as a list, a board or a calendar; a task opens over them. */
export function TasksPage() {
  const { t } = useTranslation('tasks');
  const view = useTasksView();
  const View = views[view.show];
  useEffect(() => {
    document.title = `${t('title')} · ${t('shell.product', { ns: 'translation' })}`;
  }, [t]);
  return (
    <div className={styles.page} data-show={view.show}>
      <TasksHead view={view} />
      <Suspense fallback={<Loading lines={8} />}>
        <View view={view} />
      </Suspense>
      <Outlet />
    </div>
  );
}
