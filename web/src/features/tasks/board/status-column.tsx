import type { Task } from '@signalbox/contract/tasks.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskFilter } from '../../../api/tasks/tasks.ts';
import { useDropPlace } from '../../../ui/hooks/use-drag.ts';
import { KeptApart } from '../../../ui/kept-apart.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import styles from './board.module.css';
import { columnQuery } from './column-query.ts';
import { type Hands, TaskCard } from './task-card.tsx';

type Status = Task['status'];

interface StatusColumnProps extends Hands {
  readonly status: Status;
  readonly filter: TaskFilter;
  readonly count: number;
  /** A task is being carried here by keyboard. */
  readonly aimed: boolean;
  readonly carried: number | null;
  /** Those that are on their way to another status, as they will be. */
  readonly moved: ReadonlyMap<number, Task>;
  readonly move: (id: number, status: Status) => void;
}

const AHEAD = 10;
const GUESSED_PX = 84;
const MOST = 1_000;

export function StatusColumn({ status, filter, count, aimed, carried, moved, move, ...hands }: StatusColumnProps) {
  const { t } = useTranslation('tasks');
  const { number } = useFormat();
  const element = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const over = useDropPlace(element, 'task', (id) => {
    if (!tasks.some((task) => task.id === id)) move(id, status);
  });
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(columnQuery(filter, status));
  const kept = data?.pages.flatMap((page) => page.data) ?? [];
  const arriving = [...moved.values()].filter(
    ({ id, status: to }) => to === status && !kept.some((one) => one.id === id),
  );
  const tasks = [...arriving, ...kept.filter(({ id }) => (moved.get(id)?.status ?? status) === status)];
  const list = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => GUESSED_PX,
    getItemKey: (index) => tasks[index]?.id ?? index,
    overscan: 6,
  });
  const rows = list.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= tasks.length - AHEAD && hasNextPage && !isFetching) void fetchNextPage();
  }, [last, tasks.length, hasNextPage, isFetching, fetchNextPage]);
  return (
    <section
      ref={element}
      className={styles.column}
      data-status={status}
      data-over={over || aimed || undefined}
      aria-label={t(`statuses.${status}`)}
    >
      <header className={styles.columnHead}>
        <h2 className={styles.columnName}>{t(`statuses.${status}`)}</h2>
        <span className={styles.count}>{count > MOST ? `${number(MOST)}+` : number(count)}</span>
      </header>
      <div ref={scroller} className={styles.cards}>
        <div style={{ height: list.getTotalSize(), position: 'relative' }}>
          {rows.map(({ index, key, start }) => {
            const task = tasks[index];
            return (
              task && (
                <div
                  key={key}
                  ref={list.measureElement}
                  data-index={index}
                  className={styles.row}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <KeptApart id={`${task.id} ${task.updatedAt}`} as="div">
                    <TaskCard task={task} lifted={carried === task.id} {...hands} />
                  </KeptApart>
                </div>
              )
            );
          })}
        </div>
      </div>
    </section>
  );
}
