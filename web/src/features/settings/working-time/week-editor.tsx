import { ActionIcon, Button, Group } from '@mantine/core';
import type { CalendarBody, DayHours, Weekday } from '@signalbox/contract/people/working-time.ts';
import { weekdays } from '@signalbox/contract/people/working-time.ts';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from '../settings.module.css';
import { DayHoursEditor } from './day-hours-editor.tsx';

interface WeekEditorProps {
  readonly week: CalendarBody['week'];
  readonly onChange: (week: CalendarBody['week']) => void;
  readonly readOnly: boolean;
}

/** The hours of each day of the week; a day without any is free. */
export function WeekEditor({ week, onChange, readOnly }: WeekEditorProps) {
  const { t: say } = useTranslation('workingTime');
  return (
    <section aria-label={say('week')} className={styles.week}>
      {weekdays.map((day) => (
        <Day
          key={day}
          day={day}
          hours={week[day]}
          onChange={(hours) => onChange({ ...week, [day]: hours })}
          readOnly={readOnly}
        />
      ))}
    </section>
  );
}

interface DayProps {
  readonly day: Weekday;
  readonly hours: DayHours;
  readonly onChange: (hours: DayHours) => void;
  readonly readOnly: boolean;
}

function Day({ day, hours, onChange, readOnly }: DayProps) {
  const { t: say, i18n } = useTranslation('workingTime');
  const name = weekdayName(day, i18n.language);
  return (
    <div className={styles.weekday}>
      <span className={styles.weekdayName}>{name}</span>
      <Group gap="xs">
        {hours.length === 0 && <span className={styles.muted}>{say('free')}</span>}
        <DayHoursEditor of={name} hours={hours} onChange={onChange} readOnly={readOnly} />
        {!readOnly && <AddHours of={name} hours={hours} onChange={onChange} />}
      </Group>
    </div>
  );
}

function AddHours({ of, hours, onChange }: { of: string; hours: DayHours; onChange: (hours: DayHours) => void }) {
  const { t: say } = useTranslation('workingTime');
  const last = hours.at(-1)?.to;
  const label = `${of}: ${say('addHours')}`;
  const add = () =>
    onChange([...hours, last === undefined ? { from: '09:00', to: '17:00' } : { from: last, to: '24:00' }]);
  if (last === '24:00') return null;
  return hours.length === 0 ? (
    <Button size="compact-sm" variant="subtle" aria-label={label} onClick={add}>
      {say('addHours')}
    </Button>
  ) : (
    <ActionIcon aria-label={label} onClick={add}>
      <Plus size={16} />
    </ActionIcon>
  );
}

const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

function weekdayName(day: Weekday, language: string): string {
  const at = new Date(MONDAY + weekdays.indexOf(day) * DAY_MS);
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(at);
}
