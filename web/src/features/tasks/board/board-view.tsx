import { VisuallyHidden } from '@mantine/core';
import { taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import type { Task } from '@signalbox/contract/tasks.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSaveTask } from '../../../api/tasks/task-commands.ts';
import { taskCountsQuery } from '../../../api/tasks/tasks.ts';
import { useCarried } from '../view/use-carried.ts';
import { useMoved } from '../view/use-moved.ts';
import type { TasksView } from '../view/use-tasks-view.ts';
import styles from './board.module.css';
import { columnQuery } from './column-query.ts';
import { StatusColumn } from './status-column.tsx';

type Status = Task['status'];

/** A column for each status; a task is put into another by mouse, finger or keyboard. */
export function BoardView({ view: { filter } }: { view: TasksView }) {
  const { t } = useTranslation('tasks');
  const { data: counts } = useQuery(taskCountsQuery(filter));
  const { mutateAsync: save } = useSaveTask();
  const client = useQueryClient();
  const { moved, move } = useMoved<Task>();
  const moveTo = (id: number, status: Status) => {
    const task = taskStatuses
      .flatMap((one) => client.getQueryData(columnQuery(filter, one).queryKey)?.pages.flatMap(({ data }) => data) ?? [])
      .find((one) => one.id === id);
    if (task !== undefined && task.status !== status) move(id, { ...task, status }, save({ id, status }));
  };
  const { carried, target, said, ...hands } = useCarried<Status>({
    next: (from, key) => taskStatuses[taskStatuses.indexOf(from) + (sideways[key] ?? Number.NaN)],
    drop: moveTo,
    nameOf: (status) => t(`statuses.${status}`),
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be scrolled by keyboard too
    <section className={styles.columns} aria-label={t('views.board')} tabIndex={0}>
      {taskStatuses.map((status) => (
        <StatusColumn
          key={status}
          status={status}
          filter={filter}
          count={counts?.get(status) ?? 0}
          aimed={target === status}
          carried={carried}
          moved={moved}
          move={moveTo}
          {...hands}
        />
      ))}
      <VisuallyHidden id="carry-keys">{t('carry.keys')}</VisuallyHidden>
      <VisuallyHidden role="status" aria-live="assertive">
        {said}
      </VisuallyHidden>
    </section>
  );
}

const sideways: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
