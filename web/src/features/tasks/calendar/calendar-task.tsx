import type { Task } from '@signalbox/contract/tasks.ts';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useRef } from 'react';
import { useDragSource } from '../../../ui/hooks/use-drag.ts';
import { useFormat } from '../../../ui/text/format.ts';
import styles from './calendar.module.css';

export interface Hands {
  readonly carried: number | null;
  readonly target: string | null;
  readonly onKeyDown: (event: KeyboardEvent, thing: { id: number; title: string; place: string }) => void;
  readonly letGo: () => void;
}

interface CalendarTaskProps {
  readonly task: Task;
  readonly day: string;
  readonly hands: Hands;
}

export function CalendarTask({ task, day, hands: { carried, onKeyDown, letGo } }: CalendarTaskProps) {
  const { time } = useFormat();
  const element = useRef<HTMLAnchorElement>(null);
  const movable = task.may.change;
  const dragged = useDragSource(element, { kind: 'task', id: task.id }, { enabled: movable });
  const lifted = carried === task.id;
  return (
    <li>
      <Link
        ref={element}
        to="/tasks/$task"
        params={{ task: String(task.id) }}
        search
        className={styles.task}
        title={task.title}
        data-task={task.id}
        data-status={task.status}
        data-overdue={task.overdue || undefined}
        data-dragged={dragged || undefined}
        data-lifted={lifted || undefined}
        draggable={movable ? undefined : false}
        aria-describedby={movable ? 'carry-keys' : undefined}
        onKeyDown={(event) => movable && onKeyDown(event, { id: task.id, title: task.title, place: day })}
        onBlur={lifted ? letGo : undefined}
      >
        {task.deadline !== null && <span className={styles.time}>{time(task.deadline)}</span>} {task.title}
      </Link>
    </li>
  );
}
