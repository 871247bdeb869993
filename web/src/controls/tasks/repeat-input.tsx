import { Checkbox, Group, Input, MultiSelect, Select, Stack } from '@mantine/core';
import type { TaskRepeat } from '@signalbox/contract/tasks.ts';
import { useTranslation } from 'react-i18next';
import { DateField } from '../../ui/inputs/date-field.tsx';
import { DecimalInput } from '../../ui/inputs/decimal-input.tsx';
import { TimeField } from '../../ui/inputs/time-field.tsx';
import { useFormat } from '../../ui/text/format.ts';
import { beginRepeat, isRhythm, rhythms, withRhythm } from './repeats.ts';

interface RepeatInputProps {
  readonly value: TaskRepeat | null;
  readonly onChange: (value: TaskRepeat | null) => void;
  readonly label?: string;
  readonly error?: string | undefined;
}

const NEVER = 'never';

/** When the next one of a task is made: daily, weekly or monthly, at what time, until when. */
export function RepeatInput({ value, onChange, label, error }: RepeatInputProps) {
  const { t } = useTranslation('tasks');
  const chooseRhythm = (next: string | null) => {
    if (!isRhythm(next)) return onChange(null);
    onChange(value === null ? beginRepeat(next, new Date()) : withRhythm(value, next, new Date()));
  };
  return (
    <Stack gap={6}>
      <Select
        label={label}
        aria-label={label ?? t('fields.repeat')}
        error={error}
        data={[
          { value: NEVER, label: t('repeat.never') },
          ...rhythms.map((every) => ({ value: every, label: t(`repeat.${every}`) })),
        ]}
        value={value?.every ?? NEVER}
        onChange={chooseRhythm}
        allowDeselect={false}
      />
      {value !== null && <Details value={value} onChange={onChange} />}
    </Stack>
  );
}

interface DetailsProps {
  readonly value: TaskRepeat;
  readonly onChange: (value: TaskRepeat) => void;
}

function Details({ value, onChange }: DetailsProps) {
  const { t } = useTranslation('tasks');
  return (
    <Group gap="xs" align="flex-end">
      <DecimalInput
        label={t('repeat.interval')}
        value={String(value.interval)}
        onChange={(next) => onChange({ ...value, interval: Math.min(100, Math.max(1, Math.round(Number(next ?? 1)))) })}
        min={1}
        decimals={0}
        w={90}
      />
      <Days value={value} onChange={onChange} />
      <TimeField
        label={t('repeat.at')}
        value={value.at}
        onChange={(at) => at !== '' && onChange({ ...value, at })}
        w={100}
      />
      <DateField
        label={t('repeat.until')}
        value={value.until ?? null}
        onChange={(until) => onChange({ ...value, until })}
        clearable
        w={150}
      />
    </Group>
  );
}

function Days({ value, onChange }: DetailsProps) {
  const { t } = useTranslation('tasks');
  const weekdays = useWeekdays();
  if (value.every === 'day')
    return (
      <Checkbox
        size="xs"
        mb={8}
        label={t('repeat.workingDays')}
        checked={value.workingDays}
        onChange={(event) => onChange({ ...value, workingDays: event.currentTarget.checked })}
      />
    );
  if (value.every === 'week')
    return (
      <Input.Wrapper label={t('repeat.weekdays')} labelElement="div">
        <MultiSelect
          aria-label={t('repeat.weekdays')}
          data={weekdays}
          value={value.weekdays.map(String)}
          // A week without a day is none.
          onChange={(next) => next.length > 0 && onChange({ ...value, weekdays: next.map(Number).toSorted() })}
          miw={170}
        />
      </Input.Wrapper>
    );
  return (
    <DecimalInput
      label={t('repeat.monthDay')}
      value={String(value.day)}
      onChange={(next) => onChange({ ...value, day: Math.min(31, Math.max(1, Math.round(Number(next ?? 1)))) })}
      min={1}
      decimals={0}
      w={110}
    />
  );
}

function useWeekdays() {
  const { language } = useFormat();
  const name = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  // 1 June 2026 is a Monday.
  return Array.from({ length: 7 }, (_, index) => ({
    value: String(index + 1),
    label: name.format(new Date(Date.UTC(2026, 5, 1 + index))),
  }));
}

/** "Every 2 weeks: Monday, Friday, 09:00", for those who only read it. */
export function useRepeatWords(): (repeat: TaskRepeat) => string {
  const { t } = useTranslation('tasks');
  const { date } = useFormat();
  const weekdays = useWeekdays();
  return (repeat) => {
    const days = {
      day: () => (repeat.every === 'day' && repeat.workingDays ? [t('repeat.workingDays')] : []),
      week: () => (repeat.every === 'week' ? repeat.weekdays.map((day) => weekdays[day - 1]?.label ?? '') : []),
      month: () => (repeat.every === 'month' ? [t('repeat.onDay', { day: repeat.day })] : []),
    }[repeat.every]();
    const until = repeat.until ? [t('repeat.untilDay', { day: date(`${repeat.until}T12:00`) })] : [];
    return [t(`repeat.everyFew.${repeat.every}`, { count: repeat.interval }), ...days, repeat.at, ...until].join(', ');
  };
}
