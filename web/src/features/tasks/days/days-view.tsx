import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ListTodo } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tasksQuery } from '../../../api/tasks/tasks.ts';
import { QuickAddTask } from '../../../controls/tasks/quick-add-task.tsx';
import { dayGroups, dayOfGroup } from '../../../controls/tasks/task-days.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { goByArrows } from '../../../ui/hooks/go-by-arrows.ts';
import { useNow } from '../../../ui/hooks/use-now.ts';
import { dayOf } from '../../../ui/inputs/days.ts';
import { weekBegins } from '../../../ui/inputs/language-forms.ts';
import { Loading } from '../../../ui/loading.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import type { TasksView } from '../view/use-tasks-view.ts';
import { DayGroup } from './day-group.tsx';
import styles from './days.module.css';
import { grouped } from './grouped.ts';

/** What is to be done, by day: late first. What waits for one's acceptance stands above. */
export function DaysView({ view }: { view: TasksView }) {
  const { t } = useTranslation('tasks');
  const now = useNow();
  const begins = weekBegins(useFormat().language);
  const input = useRef<HTMLInputElement>(null);
  const [day, setDay] = useState<string | null>(() => dayOf(new Date()));
  const { filter, whose, me } = view;
  const query = useInfiniteQuery(tasksQuery({ ...filter, open: '1' }, 'deadline'));
  const waiting = useInfiniteQuery({
    ...tasksQuery({ creator: me.id, status: 'supposedly-completed', q: filter.q }, 'deadline'),
    enabled: whose === 'mine',
  });
  const toAccept = (whose === 'mine' ? (waiting.data?.pages.flatMap(({ data }) => data) ?? []) : []).filter(
    ({ may }) => may.accept,
  );
  const groups = grouped(query.data?.pages.flatMap(({ data }) => data) ?? [], toAccept, { now, begins });
  const add = (group: (typeof dayGroups)[number]) => {
    const wanted = dayOfGroup(group, now, begins);
    if (wanted === undefined) return undefined;
    return () => {
      setDay(wanted);
      input.current?.focus();
    };
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears the arrows from the links inside
    <div className={styles.days} onKeyDown={goByArrows}>
      <QuickAddTask day={day} setDay={setDay} input={input} />
      <ErrorNote error={query.error} retry={() => void query.refetch()} />
      {!query.data && !query.error && <Loading lines={8} />}
      {query.data && groups.length === 0 && (
        <EmptyState icon={ListTodo} title={t('days.empty')} text={t('days.emptyText')} />
      )}
      {groups.map(({ name, tasks }) => {
        const day = dayGroups.find((one) => one === name);
        return (
          <DayGroup
            key={name}
            name={name}
            tasks={tasks}
            withResponsible={whose !== 'mine' || name === 'accept'}
            add={day && add(day)}
          />
        );
      })}
      {query.hasNextPage && (
        <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common.loadMore', { ns: 'translation' })}
        </Button>
      )}
    </div>
  );
}
