import { ActionIcon } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TaskLine } from '../../../controls/tasks/task-line.tsx';
import { KeptApart } from '../../../ui/kept-apart.tsx';
import styles from './days.module.css';
import type { Group } from './grouped.ts';

interface DayGroupProps extends Group {
  readonly withResponsible: boolean;
  /** Begins a new one for this day; undefined where there can be none. */
  readonly add: (() => void) | undefined;
}

export function DayGroup({ name, tasks, withResponsible, add }: DayGroupProps) {
  const { t } = useTranslation('tasks');
  const ofStatus = name === 'accept' || name === 'handedIn' || name === 'deferred' ? (['status'] as const) : [];
  const label = t(name === 'deferred' ? 'statuses.deferred' : `days.${name}`);
  return (
    <section className={styles.group} data-group={name} aria-label={label}>
      <header className={styles.groupHead}>
        <h2 className={styles.groupName}>{label}</h2>
        <span className={styles.count}>{tasks.length}</span>
        {add && (
          <ActionIcon size="sm" aria-label={t('days.add', { day: label })} onClick={add}>
            <Plus size={15} />
          </ActionIcon>
        )}
      </header>
      <ul className={styles.lines}>
        {tasks.map((task) => (
          <KeptApart key={task.id} id={`${task.id} ${task.updatedAt}`} as="li">
            <TaskLine task={task} without={withResponsible ? ofStatus : [...ofStatus, 'responsible']} />
          </KeptApart>
        ))}
      </ul>
    </section>
  );
}
