import { useInfiniteQuery } from '@tanstack/react-query';
import { ListTodo } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TaskFilter, tasksQuery } from '../../../api/tasks/tasks.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import type { TasksView } from '../view/use-tasks-view.ts';
import { BulkBar } from './bulk-bar.tsx';
import { TaskTable } from './task-table.tsx';

/** Tasks in rows, narrowed by status, to be changed many at once. */
export function ListView({ view }: { view: TasksView }) {
  const { t } = useTranslation('tasks');
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const query = useInfiniteQuery(tasksQuery({ ...view.filter, ...ofStatus(view.status) }, view.order));
  const { hasNextPage, isFetching, fetchNextPage, error } = query;
  const tasks = query.data?.pages.flatMap(({ data }) => data);
  const more = () => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  };
  // What went out of sight by a change or a filter is not changed unseen.
  const chosen = (tasks ?? []).filter(({ id }) => selected.has(id));
  return (
    <>
      <ErrorNote error={error} retry={() => void query.refetch()} />
      {!tasks && !error && <Loading lines={8} />}
      {tasks?.length === 0 && <EmptyState icon={ListTodo} title={t('list.empty')} text={t('list.emptyText')} />}
      {tasks && tasks.length > 0 && (
        <TaskTable
          tasks={tasks}
          view={view}
          selected={new Set(chosen.map(({ id }) => id))}
          onSelect={setSelected}
          more={more}
        />
      )}
      {chosen.length > 0 && <BulkBar tasks={chosen} clear={() => setSelected(new Set())} />}
    </>
  );
}

function ofStatus(status: TasksView['status']): TaskFilter {
  if (status === 'all') return {};
  if (status === 'open') return { open: '1' };
  return status === 'overdue' ? { overdue: '1' } : { status };
}
