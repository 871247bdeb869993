import { Group, Select, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DurationInput } from '../../../controls/duration-input.tsx';
import { useDateFields } from '../../../controls/settings/chooser-controls.tsx';
import { DateField as DayField } from '../../../ui/inputs/date-field.tsx';
import { TimeField } from '../../../ui/inputs/time-field.tsx';
import type { RuleCard } from '../model/cards.ts';
import { isOnDay, type OnDay } from '../model/file-shape.ts';
import { changeTime, emptyOf, fieldOf, kindOfTime, type TimeKind, timeKinds } from './rule-time.ts';

interface RuleTimeFormProps {
  readonly card: RuleCard;
  readonly onChange: (card: RuleCard) => void;
  readonly error?: string | undefined;
}

/** When a rule runs: immediately, after, before, or at a date (semantics.md 5.3). */
export function RuleTimeForm({ card, onChange, error }: RuleTimeFormProps) {
  const { t } = useTranslation('automation');
  const { time } = card;
  const kind = kindOfTime(time);
  const write = (next: RuleCard['time']) => onChange({ ...card, time: next });
  return (
    <Stack gap="xs">
      <Select
        label={t('time.label')}
        error={error}
        data={timeKinds.map((value) => ({ value, label: t(`time.kinds.${value}`) }))}
        value={kind}
        onChange={(next) => write(changeTime(time, timeKinds.find((known) => known === next) ?? 'immediately'))}
        allowDeselect={false}
      />
      {time !== null && <Moment time={time} kind={kind} onChange={write} />}
      {(['company', 'responsible'] as const).map((whose) => (
        <Switch
          key={whose}
          label={t(`time.hours.${whose}`)}
          checked={card.hours.includes(whose)}
          onChange={(event) =>
            onChange({
              ...card,
              hours: event.currentTarget.checked
                ? [...card.hours, whose]
                : card.hours.filter((other) => other !== whose),
            })
          }
        />
      ))}
    </Stack>
  );
}

interface MomentProps {
  readonly time: NonNullable<RuleCard['time']>;
  readonly kind: TimeKind;
  readonly onChange: (time: RuleCard['time']) => void;
}

function Moment({ time, kind, onChange }: MomentProps) {
  const { t } = useTranslation('automation');
  if (isOnDay(time)) return <Day time={time} onChange={onChange} />;
  const field = fieldOf(time);
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end">
        {'after' in time && <DurationInput value={time.after} onChange={(after) => onChange({ ...time, after })} />}
        {'before' in time && <DurationInput value={time.before} onChange={(before) => onChange({ ...time, before })} />}
      </Group>
      {kind !== 'after' && <DateField value={field} onChange={(next) => onChange(withField(time, next))} />}
      {'at' in time && (
        <TimeField
          label={t('time.timeOfDay')}
          value={time.at.time ?? ''}
          onChange={(at) => onChange({ ...time, at: { ...time.at, time: at || undefined } })}
          w={140}
        />
      )}
      {kind !== 'after' && (
        <Select
          label={t('time.empty')}
          data={(['wait', 'now', 'skip'] as const).map((value) => ({ value, label: t(`time.empties.${value}`) }))}
          value={emptyOf(time)}
          onChange={(next) => onChange({ ...time, empty: next === 'now' || next === 'skip' ? next : undefined })}
          allowDeselect={false}
        />
      )}
    </Stack>
  );
}

/** The same day for every item. */
function Day({ time: { at }, onChange }: { time: OnDay; onChange: (time: OnDay) => void }) {
  const { t } = useTranslation('automation');
  return (
    <Group gap="xs" align="flex-end">
      <DayField
        label={t('time.day')}
        withAsterisk
        value={at.date === '' ? null : at.date}
        onChange={(day) => onChange({ at: { ...at, date: day ?? '' } })}
        w={160}
      />
      <TimeField
        label={t('time.timeOfDay')}
        value={at.time ?? ''}
        onChange={(next) => onChange({ at: { date: at.date, ...(next === '' ? {} : { time: next }) } })}
        w={140}
      />
    </Group>
  );
}

function DateField({ value, onChange }: { value: string; onChange: (field: string) => void }) {
  const { t } = useTranslation('automation');
  const fields = useDateFields();
  const known =
    fields.some((field) => field.value === value) || value === '' ? fields : [...fields, { value, label: value }];
  return (
    <Select
      label={t('time.field')}
      withAsterisk
      data={[...known]}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
      allowDeselect={false}
      searchable
    />
  );
}

function withField(time: Exclude<NonNullable<RuleCard['time']>, OnDay>, field: string): RuleCard['time'] {
  return 'at' in time ? { ...time, at: { ...time.at, field } } : { ...time, field };
}
