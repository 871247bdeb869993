import { Group, MultiSelect, Text, TextInput } from '@mantine/core';
import type { Operator } from '@signalbox/automation/kit/conditions/operators.ts';
import { isDated } from '@signalbox/automation/kit/field-kinds/index.ts';
import { type FieldSpec, isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeField } from '../../ui/inputs/time-field.tsx';
import { textOf, textsOf } from '../control.ts';
import { DurationInput } from '../duration-input.tsx';
import { ValueEditor, type ValueEditorProps } from '../fields/value-editor.tsx';
import { useFormFacts } from '../form-facts.tsx';
import { DatedValue } from './dated-value.tsx';
import { weekdays } from './operator-keys.ts';
import { sayWeekday } from './use-words.ts';

export interface ConditionValueProps {
  readonly field: FieldSpec;
  readonly is: Operator;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

type Editor = ComponentType<ConditionValueProps>;

/** The editor for what an operator asks: nothing, one value, two, a list, a duration, times, days. */
export function ConditionValue(props: ConditionValueProps) {
  const Editor = byOperator[props.is] ?? One;
  return <Editor {...props} />;
}

const Nothing: Editor = () => null;

const One: Editor = ({ field, value, onChange }) => {
  const { t } = useTranslation('automation');
  return <Value field={field} value={value} onChange={onChange} label={t('condition.value')} />;
};

// Days may be told in words.
const Value = (props: ValueEditorProps) =>
  isDated(props.field.kind) ? <DatedValue {...props} /> : <ValueEditor {...props} />;

const Words: Editor = ({ value, onChange }) => {
  const { t } = useTranslation('automation');
  return (
    <TextInput
      aria-label={t('condition.value')}
      value={textOf(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
};

const Many: Editor = ({ field, value, onChange }) => {
  const { t } = useTranslation('automation');
  return <ValueEditor field={field} value={value} onChange={onChange} label={t('condition.values')} many />;
};

const Range: Editor = ({ field, value, onChange }) => {
  const { t } = useTranslation('automation');
  const [from, to] = pairOf(value);
  return (
    <Group gap={6} wrap={isDated(field.kind) ? 'wrap' : 'nowrap'} grow>
      <Value
        field={field}
        value={from}
        onChange={(next) => onChange([next ?? '', to ?? ''])}
        label={t('condition.least')}
      />
      <Value
        field={field}
        value={to}
        onChange={(next) => onChange([from ?? '', next ?? ''])}
        label={t('condition.most')}
      />
    </Group>
  );
};

const Times: Editor = ({ value, onChange }) => {
  const { t } = useTranslation('automation');
  const [from, to] = pairOf(value).map(textOf);
  return (
    <Group gap={6} wrap="nowrap">
      <TimeField
        aria-label={t('condition.fromTime')}
        value={from ?? ''}
        onChange={(time) => onChange([time, to ?? ''])}
      />
      <Text span>–</Text>
      <TimeField
        aria-label={t('condition.toTime')}
        value={to ?? ''}
        onChange={(time) => onChange([from ?? '', time])}
      />
    </Group>
  );
};

const Days: Editor = ({ value, onChange }) => {
  const { t } = useTranslation('automation');
  const { language } = useFormFacts();
  const data = weekdays.map((day) => ({ value: day, label: sayWeekday(day, language) }));
  const chosen = textsOf(value).flatMap((given) => weekdays.find((day) => given.toLowerCase().startsWith(day)) ?? []);
  return (
    <MultiSelect aria-label={t('condition.days')} data={data} value={chosen} onChange={onChange} hidePickedOptions />
  );
};

const Within: Editor = ({ value, onChange }) => <DurationInput value={textOf(value)} onChange={onChange} />;

const Changed: Editor = ({ field, value, onChange }) => {
  const { t } = useTranslation('automation');
  const { from, to } = isRecord(value) ? value : { from: undefined, to: undefined };
  const write = (next: { from: unknown; to: unknown }) => {
    const said = Object.entries(next).filter(([, one]) => one !== undefined && one !== '');
    onChange(said.length === 0 ? undefined : Object.fromEntries(said));
  };
  return (
    <Group gap={6} wrap="nowrap" grow>
      <ValueEditor
        field={field}
        value={from}
        onChange={(next) => write({ from: next, to })}
        label={t('condition.changedFrom')}
      />
      <ValueEditor
        field={field}
        value={to}
        onChange={(next) => write({ from, to: next })}
        label={t('condition.changedTo')}
      />
    </Group>
  );
};

const byOperator: Readonly<Partial<Record<Operator, Editor>>> = {
  'is filled': Nothing,
  'is empty': Nothing,
  'working time': Nothing,
  contains: Words,
  'does not contain': Words,
  'starts with': Words,
  matches: Words,
  between: Range,
  in: Many,
  'not in': Many,
  'time of day': Times,
  weekday: Days,
  'within last': Within,
  'within next': Within,
  changed: Changed,
};

const pairOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
