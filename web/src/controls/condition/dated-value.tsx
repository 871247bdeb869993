import { Group, NumberInput, Select } from '@mantine/core';
import { dateStarts } from '@signalbox/automation/kit/conditions/say-date-words.ts';
import {
  type DateUnit,
  type DateWords,
  formatDateWords,
  parseDateWords,
} from '@signalbox/automation/kit/values/date-words.ts';
import { useTranslation } from 'react-i18next';
import { unitAfter } from '../../ui/text/unit-after.ts';
import { ValueEditor, type ValueEditorProps } from '../fields/value-editor.tsx';
import { useFormFacts } from '../form-facts.tsx';

/** A day of the calendar, or words that mean another one each time: today, the start of the month, each with days before or after. */
export function DatedValue(props: ValueEditorProps) {
  const { field, value, onChange, label } = props;
  const { t } = useTranslation('automation');
  const { language } = useFormFacts();
  const words = parseDateWords(value);
  const write = (next: DateWords) => onChange(formatDateWords(next));
  const starts = Object.entries(dateStarts(language)).filter(([from]) => from !== 'now' || field.kind === 'dateTime');
  return (
    <Group gap={6} wrap="nowrap" grow preventGrowOverflow={false}>
      <Select
        aria-label={`${label}: ${t('condition.dates.kind')}`}
        data={[
          { value: FIXED, label: t('condition.dates.fixed') },
          ...starts.map(([from, name]) => ({ value: from, label: name })),
        ]}
        value={words?.from ?? FIXED}
        onChange={(from) => {
          const start = startOf(from);
          if (start === undefined) onChange(undefined);
          else write({ from: start, shift: null });
        }}
        allowDeselect={false}
        size="xs"
      />
      {words === undefined ? <ValueEditor {...props} /> : <Shift words={words} write={write} label={label} />}
    </Group>
  );
}

const FIXED = 'fixed';
const startOf = (text: string | null) => (text === FIXED ? undefined : parseDateWords(text)?.from);

interface ShiftProps {
  readonly words: DateWords;
  readonly write: (words: DateWords) => void;
  readonly label: string;
}

const days: readonly DateUnit[] = ['days', 'weeks', 'months', 'years'];
const ofNow: readonly DateUnit[] = ['minutes', 'hours', ...days];

function Shift({ words: { from, shift }, write, label }: ShiftProps) {
  const { t, i18n } = useTranslation('automation');
  const { count, unit } = shift ?? { count: 0, unit: from === 'now' ? ('hours' as const) : ('days' as const) };
  return (
    <>
      <NumberInput
        aria-label={`${label}: ${t('condition.dates.shift')}`}
        placeholder="±"
        value={count === 0 ? '' : count}
        onChange={(next) => write({ from, shift: { count: Math.trunc(Number(next)) || 0, unit } })}
        min={-99_999}
        max={99_999}
        allowDecimal={false}
        size="xs"
      />
      <Select
        aria-label={`${label}: ${t('condition.dates.unit')}`}
        data={(from === 'now' ? ofNow : days).map((one) => ({
          value: one,
          label: unitAfter(Math.abs(count), one, i18n.language),
        }))}
        value={unit}
        onChange={(next) => {
          const chosen = ofNow.find((one) => one === next);
          if (chosen !== undefined) write({ from, shift: { count: count === 0 ? 1 : count, unit: chosen } });
        }}
        allowDeselect={false}
        size="xs"
      />
    </>
  );
}
