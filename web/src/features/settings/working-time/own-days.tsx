import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core';
import type { CalendarBody } from '@signalbox/contract/people/working-time.ts';
import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../../../ui/inputs/date-field.tsx';
import { formatDate } from '../../../ui/text/format.ts';
import styles from '../settings.module.css';
import { DayHoursEditor } from './day-hours-editor.tsx';

interface OwnDaysProps {
  readonly calendar: CalendarBody;
  readonly onChange: (part: Partial<CalendarBody>) => void;
  readonly readOnly: boolean;
}

/** Days off of the company, and days that are worked though the week or a holiday says otherwise. */
export function OwnDays({ calendar: { daysOff, daysOn }, onChange, readOnly }: OwnDaysProps) {
  const { t: say } = useTranslation('workingTime');
  const dayOn = (date: string) => ({ date, hours: [{ from: '09:00', to: '17:00' }] });
  return (
    <>
      <Days
        title={say('daysOff')}
        dates={daysOff.map(({ date }) => date)}
        add={readOnly ? null : say('addDayOff')}
        onAdd={(date, name) => onChange({ daysOff: byDate([...daysOff, { date, name }]) })}
        onRemove={(date) => onChange({ daysOff: daysOff.filter((day) => day.date !== date) })}
        named
      >
        {(date) => daysOff.find((day) => day.date === date)?.name}
      </Days>
      <Days
        title={say('daysOn')}
        dates={daysOn.map(({ date }) => date)}
        add={readOnly ? null : say('addDayOn')}
        onAdd={(date) => onChange({ daysOn: byDate([...daysOn, dayOn(date)]) })}
      >
        {(date, label) => (
          <DayHoursEditor
            of={label}
            hours={daysOn.find((day) => day.date === date)?.hours ?? []}
            onChange={(hours) =>
              onChange({
                daysOn: daysOn.flatMap((day) =>
                  day.date !== date ? [day] : hours.length === 0 ? [] : [{ date, hours }],
                ),
              })
            }
            readOnly={readOnly}
          />
        )}
      </Days>
    </>
  );
}

interface DaysProps {
  readonly title: string;
  readonly dates: readonly string[];
  /** The word on the button; null: nothing can be changed. */
  readonly add: string | null;
  readonly onAdd: (date: string, name: string) => void;
  /** Left out: what stands beside the date removes it. */
  readonly onRemove?: (date: string) => void;
  readonly named?: boolean;
  readonly children: (date: string, label: string) => ReactNode;
}

function Days({ title, dates, add, onAdd, onRemove, named = false, children }: DaysProps) {
  const { t } = useTranslation();
  const { t: say, i18n } = useTranslation('workingTime');
  return (
    <Stack gap={6}>
      <h3 className={styles.subtitle}>{title}</h3>
      {dates.length === 0 && <p className={styles.muted}>{say('noDays')}</p>}
      <ul className={styles.days}>
        {dates.map((date) => {
          const label = formatDate(new Date(`${date}T00:00`), i18n.language);
          return (
            <li key={date}>
              <Group gap="xs">
                <b>{label}</b> {children(date, label)}
                {add !== null && onRemove !== undefined && (
                  <ActionIcon size="sm" aria-label={`${t('common.delete')}: ${label}`} onClick={() => onRemove(date)}>
                    <X size={14} />
                  </ActionIcon>
                )}
              </Group>
            </li>
          );
        })}
      </ul>
      {add !== null && <AddDay word={add} named={named} taken={dates} onAdd={onAdd} />}
    </Stack>
  );
}

interface AddDayProps {
  readonly word: string;
  readonly named: boolean;
  readonly taken: readonly string[];
  readonly onAdd: (date: string, name: string) => void;
}

function AddDay({ word, named, taken, onAdd }: AddDayProps) {
  const { t: say } = useTranslation('workingTime');
  const [date, setDate] = useState<string | null>(null);
  const [name, setName] = useState('');
  const add = () => {
    if (date === null) return;
    onAdd(date, name.trim());
    setDate(null);
    setName('');
  };
  return (
    <Group gap="xs">
      <DateField
        aria-label={`${word}: ${say('date')}`}
        placeholder={say('date')}
        value={date}
        onChange={setDate}
        w={150}
      />
      {named && (
        <TextInput
          aria-label={`${word}: ${say('occasion')}`}
          placeholder={say('occasion')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
        />
      )}
      <Button variant="default" disabled={date === null || taken.includes(date)} onClick={add}>
        {word}
      </Button>
    </Group>
  );
}

function byDate<T extends { date: string }>(days: T[]): T[] {
  return days.toSorted((a, b) => a.date.localeCompare(b.date));
}
