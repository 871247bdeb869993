import { VisuallyHidden } from '@mantine/core';
import { taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSaveTask } from '../../../api/tasks/task-commands.ts';
import { taskCountsQuery } from '../../../api/tasks/tasks.ts';
import { sayFailed } from '../../../ui/notify.ts';
import { useCarried } from '../view/use-carried.ts';
import type { TasksView } from '../view/use-tasks-view.ts';
import styles from './board.module.css';
import { StatusColumn } from './status-column.tsx';

type Status = (typeof taskStatuses)[number];

/** A column for each status; a task is put into another by mouse, finger or keyboard. */
export function BoardView({ view: { filter } }: { view: TasksView }) {
  const { t } = useTranslation('tasks');
  const { data: counts } = useQuery(taskCountsQuery(filter));
  const { mutate } = useSaveTask();
  const client = useQueryClient();
  const move = (id: number, status: Status) =>
    mutate(
      { id, status },
      {
        onError: (error) => {
          sayFailed(error);
          void client.invalidateQueries({ queryKey: ['tasks'] });
        },
      },
    );
  const { carried, target, said, ...hands } = useCarried<Status>({
    next: (from, key) => taskStatuses[taskStatuses.indexOf(from) + (sideways[key] ?? Number.NaN)],
    drop: move,
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
          move={move}
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
