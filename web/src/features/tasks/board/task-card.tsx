import type { Task } from '@signalbox/contract/tasks.ts';
import { Link } from '@tanstack/react-router';
import { ListChecks, MessageSquare } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { statusesFor } from '../../../controls/tasks/task-acts.ts';
import { TaskDeadline } from '../../../controls/tasks/task-deadline.tsx';
import { useDragSource } from '../../../ui/hooks/use-drag.ts';
import { PersonFace } from '../../../ui/person-face.tsx';
import styles from './board.module.css';

export interface Hands {
  readonly onKeyDown: (event: KeyboardEvent, thing: { id: number; title: string; place: Task['status'] }) => void;
  readonly letGo: () => void;
}

interface TaskCardProps extends Hands {
  readonly task: Task;
  readonly lifted: boolean;
}

export function TaskCard({ task, lifted, onKeyDown, letGo }: TaskCardProps) {
  const { t } = useTranslation('tasks');
  const element = useRef<HTMLAnchorElement>(null);
  const movable = statusesFor(task).length > 0;
  const dragged = useDragSource(element, { kind: 'task', id: task.id }, { enabled: movable });
  const done = task.checklist.filter((step) => step.done).length;
  return (
    <Link
      ref={element}
      to="/tasks/$task"
      params={{ task: String(task.id) }}
      search
      className={styles.card}
      data-task={task.id}
      data-dragged={dragged || undefined}
      data-lifted={lifted || undefined}
      draggable={movable ? undefined : false}
      aria-describedby={movable ? 'carry-keys' : undefined}
      onKeyDown={(event) => movable && onKeyDown(event, { id: task.id, title: task.title, place: task.status })}
      onBlur={lifted ? letGo : undefined}
    >
      <span className={styles.title}>{task.title}</span>
      {task.itemTitle !== null && <span className={styles.item}>{task.itemTitle}</span>}
      <span className={styles.foot}>
        {task.responsible && <PersonFace person={task.responsible} size={20} />}
        <TaskDeadline task={task} />
        {task.checklist.length > 0 && (
          <span
            className={styles.fact}
            role="img"
            aria-label={t('checklist.done', { done, all: task.checklist.length })}
          >
            <ListChecks size={12} aria-hidden /> {done}/{task.checklist.length}
          </span>
        )}
        {task.comments > 0 && (
          <span className={styles.fact} role="img" aria-label={t('panel.commentCount', { count: task.comments })}>
            <MessageSquare size={12} aria-hidden /> {task.comments}
          </span>
        )}
      </span>
    </Link>
  );
}
