import { Checkbox, Select, Stack } from '@mantine/core';
import type { TaskReminder } from '@signalbox/contract/tasks.ts';
import { useTranslation } from 'react-i18next';

interface ReminderInputProps {
  readonly value: TaskReminder | null;
  readonly onChange: (value: TaskReminder | null) => void;
  readonly label?: string;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
}

const offered = [0, 15, 30, 60, 120, 1_440, 2_880, 10_080];
const NEVER = 'never';

/** How long before the deadline the responsible is told, and whether outside their working time as well. */
export function ReminderInput({ value, onChange, label, error, disabled }: ReminderInputProps) {
  const { t } = useTranslation('tasks');
  const say = useMinutesBefore();
  const all = value === null || offered.includes(value.minutes) ? offered : [...offered, value.minutes];
  return (
    <Stack gap={6}>
      <Select
        label={label}
        aria-label={label ?? t('fields.reminder')}
        error={error}
        disabled={disabled}
        data={[
          { value: NEVER, label: t('reminder.never') },
          ...all.map((minutes) => ({ value: String(minutes), label: say(minutes) })),
        ]}
        value={value === null ? NEVER : String(value.minutes)}
        onChange={(next) =>
          onChange(
            next === null || next === NEVER ? null : { minutes: Number(next), workingTime: value?.workingTime ?? true },
          )
        }
        allowDeselect={false}
      />
      {value !== null && (
        <Checkbox
          size="xs"
          label={t('reminder.workingTime')}
          checked={value.workingTime}
          disabled={disabled}
          onChange={(event) => onChange({ ...value, workingTime: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}

/** "15 minutes before", in the largest unit that parts it evenly. */
export function useMinutesBefore(): (minutes: number) => string {
  const { t } = useTranslation('tasks');
  return (minutes) => {
    if (minutes === 0) return t('reminder.atDeadline');
    if (minutes % 1_440 === 0) return t('reminder.days', { count: minutes / 1_440 });
    return minutes % 60 === 0
      ? t('reminder.hours', { count: minutes / 60 })
      : t('reminder.minutes', { count: minutes });
  };
}
