import type { Task } from '@signalbox/contract/tasks.ts';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { groupBy } from '../../../controls/group-by.ts';
import { useDropPlace } from '../../../ui/hooks/use-drag.ts';
import { dayOf, startOf } from '../../../ui/inputs/days.ts';
import { useFormat } from '../../../ui/text/format.ts';
import styles from './calendar.module.css';
import { CalendarTask, type Hands } from './calendar-task.tsx';

interface CalendarGridProps {
  readonly weeks: readonly (readonly string[])[];
  readonly tasks: readonly Task[];
  readonly today: string;
  readonly span: 'month' | 'week';
  /** The month that is shown, as `2026-12`; days of others are paler. */
  readonly month: string | undefined;
  readonly move: (id: number, day: string) => void;
  readonly openDay: (day: string) => void;
  readonly hands: Hands;
}

export function CalendarGrid({ weeks, tasks, today, span, month, ...rest }: CalendarGridProps) {
  const { language } = useFormat();
  const byDay = groupBy(tasks, ({ deadline }) => (deadline === null ? '' : dayOf(new Date(deadline))));
  const short = new Intl.DateTimeFormat(language, { weekday: 'short' });
  return (
    <div className={styles.scroller}>
      <table className={styles.grid} data-span={span}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col">
                {short.format(startOf(day))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <DayCell
                  key={day}
                  day={day}
                  tasks={byDay.get(day) ?? []}
                  isToday={day === today}
                  isOutside={month !== undefined && !day.startsWith(month)}
                  most={span === 'month' ? MOST_IN_MONTH : Number.POSITIVE_INFINITY}
                  {...rest}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const MOST_IN_MONTH = 3;

interface DayCellProps extends Pick<CalendarGridProps, 'move' | 'openDay' | 'hands'> {
  readonly day: string;
  readonly tasks: readonly Task[];
  readonly isToday: boolean;
  readonly isOutside: boolean;
  readonly most: number;
}

function DayCell({ day, tasks, isToday, isOutside, most, move, openDay, hands }: DayCellProps) {
  const { t } = useTranslation('tasks');
  const { language } = useFormat();
  const element = useRef<HTMLTableCellElement>(null);
  const over = useDropPlace(element, 'task', (id) => move(id, day));
  const long = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
  // One that is being carried by keyboard must not go out of sight.
  const shown = tasks.length <= most + 1 ? tasks : tasks.slice(0, most);
  const rest = tasks.length - shown.length;
  return (
    <td
      ref={element}
      className={styles.day}
      data-day={day}
      data-today={isToday || undefined}
      data-outside={isOutside || undefined}
      data-over={over || hands.target === day || undefined}
      aria-current={isToday ? 'date' : undefined}
    >
      <button
        type="button"
        className={styles.number}
        data-count={tasks.length || undefined}
        aria-label={t('calendar.openDay', { day: long.format(startOf(day)), count: tasks.length })}
        onClick={() => openDay(day)}
      >
        <span className={styles.weekday}>
          {new Intl.DateTimeFormat(language, { weekday: 'short' }).format(startOf(day))}
        </span>
        {startOf(day).getDate()}
        {tasks.length > 0 && <span className={styles.few}>{tasks.length}</span>}
      </button>
      <ul className={styles.tasks}>
        {shown.map((task) => (
          <CalendarTask key={task.id} task={task} day={day} hands={hands} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" className={styles.rest} onClick={() => openDay(day)}>
          {t('calendar.more', { count: rest })}
        </button>
      )}
    </td>
  );
}
