import { ActionIcon, Button, SegmentedControl, VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveTask } from '../../../api/tasks/task-commands.ts';
import { tasksQuery } from '../../../api/tasks/tasks.ts';
import { movedTo } from '../../../controls/tasks/task-days.ts';
import { useNow } from '../../../ui/hooks/use-now.ts';
import { addDays, addMonths, dayOf, startOf, weekOf, weeksOfMonth } from '../../../ui/inputs/days.ts';
import { weekBegins } from '../../../ui/inputs/language-forms.ts';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import { useCarried } from '../view/use-carried.ts';
import { useMoved } from '../view/use-moved.ts';
import type { TasksView } from '../view/use-tasks-view.ts';
import styles from './calendar.module.css';
import { CalendarGrid } from './calendar-grid.tsx';

const spans = ['month', 'week'] as const;
const PAGE = 1_000;

/** Tasks on the days of their deadlines, by month or week; another day by mouse, finger or keyboard. */
export function CalendarView({ view }: { view: TasksView }) {
  const { t } = useTranslation('tasks');
  const { language } = useFormat();
  const today = dayOf(useNow());
  const { day = today, span = 'month' } = view.search;
  const begins = weekBegins(language);
  const weeks = span === 'month' ? weeksOfMonth(day, begins) : [weekOf(day, begins)];
  const query = useShownTasks(view, weeks.flat());
  const { moved, move: show } = useMoved<string>();
  const tasks = (query.data?.pages.flatMap(({ data }) => data) ?? []).map((task) => ({
    ...task,
    deadline: moved.get(task.id) ?? task.deadline,
  }));
  const { mutateAsync: save } = useSaveTask();
  const move = (id: number, to: string) => {
    const task = tasks.find((one) => one.id === id);
    if (!task?.deadline || dayOf(new Date(task.deadline)) === to) return;
    const deadline = movedTo(to, task.deadline);
    show(id, deadline, save({ id, deadline }));
  };
  const long = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
  const { said, ...hands } = useCarried<string>({
    next: (from, key) => (daysAway[key] === undefined ? undefined : addDays(from, daysAway[key])),
    drop: move,
    nameOf: (one) => long.format(startOf(one)),
  });
  return (
    <>
      <CalendarHead view={view} day={day} span={span} today={today} weeks={weeks} />
      <ErrorNote error={query.error} retry={() => void query.refetch()} />
      <CalendarGrid
        {...{ weeks, tasks, today, move, hands, span }}
        month={span === 'month' ? day.slice(0, 7) : undefined}
        openDay={(one) => view.look({ day: one, span: 'week' })}
      />
      <VisuallyHidden id="carry-keys">{t('carry.keys')}</VisuallyHidden>
      <VisuallyHidden role="status" aria-live="assertive">
        {said}
      </VisuallyHidden>
    </>
  );
}

const daysAway: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function useShownTasks({ filter }: TasksView, days: readonly string[]) {
  const [first = ''] = days;
  const last = days.at(-1) ?? first;
  const span = { deadlineFrom: startOf(first).toISOString(), deadlineTo: startOf(addDays(last, 1)).toISOString() };
  const query = useInfiniteQuery(tasksQuery({ ...filter, ...span }, 'deadline', PAGE));
  const { hasNextPage, isFetching, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return query;
}

interface HeadProps {
  readonly view: TasksView;
  readonly day: string;
  readonly span: (typeof spans)[number];
  readonly today: string;
  readonly weeks: readonly (readonly string[])[];
}

function CalendarHead({ view, day, span, today, weeks }: HeadProps) {
  const { t } = useTranslation('tasks');
  const { language } = useFormat();
  const step = (by: number) => view.look({ day: span === 'month' ? addMonths(day, by) : addDays(day, by * 7) });
  const [first = day] = weeks[0] ?? [];
  const last = weeks.at(-1)?.at(-1) ?? first;
  const name =
    span === 'month'
      ? new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' }).format(startOf(day))
      : new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).formatRange(startOf(first), startOf(last));
  return (
    <div className={styles.head}>
      <ActionIcon variant="default" aria-label={t(`calendar.before.${span}`)} onClick={() => step(-1)}>
        <ChevronLeft size={16} />
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t(`calendar.after.${span}`)} onClick={() => step(1)}>
        <ChevronRight size={16} />
      </ActionIcon>
      <h2 className={styles.name} aria-live="polite">
        {name}
      </h2>
      <Button size="xs" variant="default" disabled={day === today} onClick={() => view.look({ day: undefined })}>
        {t('days.today')}
      </Button>
      <SegmentedControl
        size="xs"
        aria-label={t('calendar.span')}
        data={spans.map((one) => ({ value: one, label: t(`calendar.${one}`) }))}
        value={span}
        onChange={(next) => view.look({ span: spans.find((one) => one === next) })}
      />
    </div>
  );
}
