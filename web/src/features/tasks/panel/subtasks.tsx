import { Button } from '@mantine/core';
import type { Task } from '@signalbox/contract/tasks.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tasksQuery } from '../../../api/tasks/tasks.ts';
import { QuickAddTask } from '../../../controls/tasks/quick-add-task.tsx';
import { TaskLine } from '../../../controls/tasks/task-line.tsx';
import { dayOf } from '../../../ui/inputs/days.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from './panel.module.css';

export function Subtasks({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const [adding, setAdding] = useState(false);
  const [day, setDay] = useState(() => (task.deadline === null ? null : dayOf(new Date(task.deadline))));
  const { all, completed } = task.subtasks;
  const query = useInfiniteQuery({ ...tasksQuery({ parent: task.id }, 'deadline'), enabled: all > 0 });
  const parts = all === 0 ? [] : (query.data?.pages.flatMap(({ data }) => data) ?? []);
  if (all === 0 && !task.may.change) return null;
  return (
    <Panel
      title={t('panel.subtasks')}
      actions={all > 0 && <span className={styles.small}>{t('checklist.done', { done: completed, all })}</span>}
    >
      <ErrorNote error={query.error} retry={() => void query.refetch()} />
      <ul className={styles.plain}>
        {parts.map((part) => (
          <TaskLine key={part.id} task={part} without={['item']} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="subtle" size="xs" onClick={() => void query.fetchNextPage()}>
          {common('common.loadMore')}
        </Button>
      )}
      {task.may.change &&
        (adding ? (
          <QuickAddTask day={day} setDay={setDay} parent={task} />
        ) : (
          <Button size="compact-sm" variant="subtle" onClick={() => setAdding(true)}>
            {t('panel.addSubtask')}
          </Button>
        ))}
    </Panel>
  );
}
