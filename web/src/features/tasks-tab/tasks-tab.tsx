import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { ListTodo } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tasksQuery } from '../../api/tasks/tasks.ts';
import { QuickAddTask } from '../../controls/tasks/quick-add-task.tsx';
import { TaskLine } from '../../controls/tasks/task-line.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { goByArrows } from '../../ui/hooks/go-by-arrows.ts';
import { dayOf } from '../../ui/inputs/days.ts';
import { KeptApart } from '../../ui/kept-apart.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import styles from './tasks-tab.module.css';

/** The tasks of an item: what is open by deadline, what is completed below. */
export function TasksTab({ itemId }: { itemId: number }) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const { href } = useLocation();
  const [day, setDay] = useState<string | null>(() => dayOf(new Date()));
  const [withCompleted, setWithCompleted] = useState(false);
  const query = useInfiniteQuery(tasksQuery({ item: itemId }, 'deadline'));
  const tasks = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const completed = tasks.filter(({ status }) => status === 'completed');
  const shown = withCompleted ? tasks : tasks.filter(({ status }) => status !== 'completed');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears the arrows from the links inside
    <div className={styles.tab} onKeyDown={goByArrows}>
      <QuickAddTask day={day} setDay={setDay} item={itemId} />
      <ErrorNote error={query.error} retry={() => void query.refetch()} />
      {!query.data && !query.error && <Loading lines={3} />}
      {query.data && tasks.length === 0 && (
        <EmptyState icon={ListTodo} title={t('item.empty')} text={t('item.emptyText')} />
      )}
      {shown.length > 0 && (
        <ul className={styles.lines}>
          {shown.map((task) => (
            <KeptApart key={task.id} id={`${task.id} ${task.updatedAt}`} as="li">
              <TaskLine task={task} without={['item']} back={href} />
            </KeptApart>
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button variant="subtle" size="xs" onClick={() => void query.fetchNextPage()}>
          {common('common.loadMore')}
        </Button>
      )}
      {!withCompleted && completed.length > 0 && (
        <Button variant="subtle" size="xs" onClick={() => setWithCompleted(true)}>
          {t('item.showCompleted', { count: completed.length })}
        </Button>
      )}
    </div>
  );
}
