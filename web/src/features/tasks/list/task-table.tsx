import { Checkbox, UnstyledButton } from '@mantine/core';
import type { Task } from '@signalbox/contract/tasks.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { TaskDeadline } from '../../../controls/tasks/task-deadline.tsx';
import { StatusBadge } from '../../../controls/tasks/task-line.tsx';
import { TextLink } from '../../../ui/button-link.tsx';
import { goByArrows } from '../../../ui/hooks/go-by-arrows.ts';
import { KeptApart } from '../../../ui/kept-apart.tsx';
import { PersonFace } from '../../../ui/person-face.tsx';
import type { TasksView } from '../view/use-tasks-view.ts';
import styles from './list.module.css';

interface TaskTableProps {
  readonly tasks: readonly Task[];
  readonly view: TasksView;
  readonly selected: ReadonlySet<number>;
  readonly onSelect: (ids: ReadonlySet<number>) => void;
  readonly more: () => void;
}

const ROW_PX = 42;
const AHEAD = 20;

/** Only the rows in sight are drawn; arrow keys go from row to row. */
export function TaskTable({ tasks, view, selected, onSelect, more }: TaskTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const rows = list.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= tasks.length - AHEAD) more();
  }, [last, tasks.length, more]);
  const toggle = (id: number) =>
    onSelect(new Set(selected.has(id) ? [...selected].filter((one) => one !== id) : [...selected, id]));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears the arrows from the links inside
    <div ref={scroller} className={styles.scroller} onKeyDown={goByArrows}>
      <table className={styles.table}>
        <HeadRow tasks={tasks} view={view} selected={selected} onSelect={onSelect} />
        <tbody className={styles.body} style={{ height: list.getTotalSize() }}>
          {rows.map(({ index, key, start }) => {
            const task = tasks[index];
            return (
              task && (
                <KeptApart key={key} id={`${task.id} ${task.updatedAt}`}>
                  <Row task={task} checked={selected.has(task.id)} toggle={() => toggle(task.id)} start={start} />
                </KeptApart>
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function HeadRow({ tasks, view, selected, onSelect }: Omit<TaskTableProps, 'more'>) {
  const { t } = useTranslation('tasks');
  const changeable = tasks.filter(isChangeable);
  const all = changeable.length > 0 && changeable.every(({ id }) => selected.has(id));
  const byDeadline = view.order === 'deadline';
  return (
    <thead className={styles.head}>
      <tr className={styles.headRow}>
        <th>
          <Checkbox
            size="xs"
            aria-label={t('list.selectAll')}
            checked={all}
            disabled={changeable.length === 0}
            indeterminate={!all && selected.size > 0}
            onChange={() => onSelect(all ? new Set() : new Set(changeable.map(({ id }) => id)))}
          />
        </th>
        <th>{t('fields.title')}</th>
        <th>{t('fields.status')}</th>
        <th aria-sort={byDeadline ? 'ascending' : 'none'}>
          <UnstyledButton
            className={styles.sort}
            title={t(byDeadline ? 'list.newestFirst' : 'list.byDeadline')}
            onClick={() => view.look({ order: byDeadline ? 'newest' : 'deadline' })}
          >
            {t('fields.deadline')} {byDeadline && <ArrowDown size={13} aria-hidden />}
          </UnstyledButton>
        </th>
        <th>{t('fields.responsible')}</th>
        <th>{t('fields.creator')}</th>
        <th>{t('fields.item')}</th>
      </tr>
    </thead>
  );
}

const isChangeable = ({ may }: Task) => may.change || may.accept;

interface RowProps {
  readonly task: Task;
  readonly checked: boolean;
  readonly toggle: () => void;
  readonly start: number;
}

function Row({ task, checked, toggle, start }: RowProps) {
  const { t } = useTranslation('tasks');
  return (
    <tr
      className={styles.row}
      data-selected={checked || undefined}
      style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
    >
      <td>
        <Checkbox
          size="xs"
          aria-label={t('list.select', { title: task.title })}
          checked={checked}
          disabled={!isChangeable(task)}
          onChange={toggle}
        />
      </td>
      <td className={styles.cell}>
        <TextLink data-row-link to="/tasks/$task" params={{ task: String(task.id) }} search fw={600} size="sm">
          {task.title}
        </TextLink>
      </td>
      <td className={styles.cell}>
        <StatusBadge status={task.status} />
      </td>
      <td className={styles.cell}>
        <TaskDeadline task={task} />
      </td>
      <td className={styles.cell}>{task.responsible && <Who person={task.responsible} />}</td>
      <td className={styles.cell}>{task.creator && <Who person={task.creator} />}</td>
      <td className={styles.cell}>
        {task.item !== null && (
          <TextLink to="/items/$item" params={{ item: String(task.item) }} size="sm">
            {task.itemTitle}
          </TextLink>
        )}
      </td>
    </tr>
  );
}

function Who({ person }: { person: NonNullable<Task['responsible']> }) {
  return (
    <span className={styles.who}>
      <PersonFace person={person} size={20} /> {person.name}
    </span>
  );
}
