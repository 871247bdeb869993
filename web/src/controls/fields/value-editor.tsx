import {
  ActionIcon,
  Box,
  Button,
  Group,
  MultiSelect,
  SegmentedControl,
  Select,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core';
import type { FieldKind, FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import { parseClientRef } from '@signalbox/contract/fields.ts';
import { X } from 'lucide-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../../ui/inputs/date-field.tsx';
import { DecimalInput } from '../../ui/inputs/decimal-input.tsx';
import { MomentField } from '../../ui/inputs/moment-field.tsx';
import { textOf, textsOf } from '../control.ts';
import { useFormFacts } from '../form-facts.tsx';
import { MoneyInput } from '../money-input.tsx';
import { FieldInput } from './field-input.tsx';
import type { Value } from './values.ts';

export interface ValueEditorProps {
  readonly field: FieldSpec;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly label: string;
  /** A list of values instead of one. */
  readonly many?: boolean;
}

/** The editor for a value of a field, by the field's kind. */
export function ValueEditor(props: ValueEditorProps) {
  const Editor = props.many ? manyEditors[props.field.kind] : editors[props.field.kind];
  return <Editor {...props} />;
}

type Editor = ComponentType<ValueEditorProps>;

const Text: Editor = ({ value, onChange, label }) => (
  <TextInput aria-label={label} value={textOf(value)} onChange={(event) => onChange(event.currentTarget.value)} />
);

const NumberValue: Editor = ({ value, onChange, label }) => (
  <DecimalInput
    aria-label={label}
    value={textOf(value)}
    onChange={(next) => onChange(next === null ? undefined : Number(next))}
  />
);

const MoneyValue: Editor = ({ value, onChange }) => <MoneyInput value={value} onChange={onChange} mayBePlain />;

const DateValue: Editor = ({ value, onChange, label }) => (
  <DateField
    aria-label={label}
    value={textOf(value) === '' ? null : textOf(value)}
    onChange={(next) => onChange(next ?? undefined)}
    clearable
  />
);

const DateTimeValue: Editor = ({ value, onChange, label }) => (
  <MomentField
    aria-label={label}
    value={textOf(value) === '' ? null : textOf(value)}
    onChange={(next) => onChange(next ?? undefined)}
  />
);

const YesNo: Editor = ({ value, onChange, label }) => {
  const { t } = useTranslation('automation');
  return (
    <SegmentedControl
      aria-label={label}
      size="xs"
      data={[
        { value: 'true', label: t('controls.yes') },
        { value: 'false', label: t('controls.no') },
      ]}
      value={value === true ? 'true' : value === false ? 'false' : ''}
      onChange={(next) => onChange(next === 'true')}
    />
  );
};

const ChoiceValue: Editor = ({ field, value, onChange, label }) => (
  <Select
    aria-label={label}
    data={optionsOf(field)}
    value={textOf(value) === '' ? null : textOf(value)}
    onChange={(next) => onChange(next ?? undefined)}
    searchable
  />
);

const ChoicesValue: Editor = ({ field, value, onChange, label }) => (
  <MultiSelect
    aria-label={label}
    data={optionsOf(field)}
    value={[...textsOf(value)]}
    onChange={onChange}
    searchable
    hidePickedOptions
  />
);

const PersonValue: Editor = ({ value, onChange, label }) => {
  const people = usePeopleOptions();
  return (
    <Select
      aria-label={label}
      data={people}
      value={textOf(value) === '' ? null : textOf(value)}
      onChange={(next) => onChange(next ?? undefined)}
      searchable
      limit={100}
    />
  );
};

const PeopleValue: Editor = ({ value, onChange, label }) => {
  const people = usePeopleOptions();
  return (
    <MultiSelect
      aria-label={label}
      data={people}
      value={[...textsOf(value)]}
      onChange={onChange}
      searchable
      hidePickedOptions
      limit={100}
    />
  );
};

const Texts: Editor = ({ value, onChange, label }) => (
  <TagsInput aria-label={label} value={[...textsOf(value)]} onChange={onChange} />
);

/** One typed input below the other. */
const Rows: Editor = ({ field, value, onChange, label }) => {
  const { t } = useTranslation('fields');
  const rows: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [value ?? undefined];
  return (
    <Stack gap={4}>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place only
        <Group key={at} gap={4} wrap="nowrap">
          <Box flex={1}>
            <ValueEditor
              field={field}
              value={row}
              onChange={(next) => onChange(rows.with(at, next ?? ''))}
              label={`${label} ${at + 1}`}
            />
          </Box>
          <ActionIcon aria-label={t('removeValue', { number: at + 1 })} onClick={() => onChange(rows.toSpliced(at, 1))}>
            <X size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Button size="compact-xs" variant="subtle" onClick={() => onChange([...rows, ''])} style={{ alignSelf: 'start' }}>
        {t('addValue')}
      </Button>
    </Stack>
  );
};

/** Clients, items and files are found or uploaded, as on the card. */
const Reference: Editor = ({ field, value, onChange, label, many }) => (
  <FieldInput
    field={{ kind: field.kind, multiple: many === true, ...(isPlain(field) && { only: ownerOf(field) }) }}
    value={referencesOf(field, value)}
    onChange={(next) => onChange(plainOf(field, next) ?? undefined)}
    frame={{ 'aria-label': label }}
  />
);

// The item's own contact and company are kept as plain ids; a field that people made says which of both it names.
const isPlain = ({ kind, custom }: FieldSpec) => kind === 'client' && !custom;
const ownerOf = ({ code }: FieldSpec) => (code === 'company' ? 'company' : 'contact');

function referencesOf(field: FieldSpec, value: unknown): Value {
  const ids = textsOf(value).map((text) => {
    if (field.kind !== 'client') return Number(text);
    return isPlain(field) ? `${ownerOf(field)}:${text}` : text;
  });
  return ids.length === 0 ? null : ids;
}

function plainOf(field: FieldSpec, value: Value): Value {
  if (!isPlain(field)) return value;
  if (Array.isArray(value)) return value.map((one) => plainOf(field, one));
  return parseClientRef(value)?.id ?? null;
}

const editors: Readonly<Record<FieldKind, Editor>> = {
  text: Text,
  number: NumberValue,
  money: MoneyValue,
  date: DateValue,
  dateTime: DateTimeValue,
  yesNo: YesNo,
  choice: ChoiceValue,
  multiChoice: ChoicesValue,
  person: PersonValue,
  client: Reference,
  item: Reference,
  file: Reference,
  link: Text,
  phone: Text,
  email: Text,
  address: Text,
};

const manyEditors: Readonly<Record<FieldKind, Editor>> = {
  text: Texts,
  number: Rows,
  money: Rows,
  date: Rows,
  dateTime: Rows,
  yesNo: YesNo,
  choice: ChoicesValue,
  multiChoice: ChoicesValue,
  person: PeopleValue,
  client: Reference,
  item: Reference,
  file: Reference,
  link: Texts,
  phone: Texts,
  email: Texts,
  address: Texts,
};

function usePeopleOptions() {
  return useFormFacts().people.map(({ email, name }) => ({ value: email, label: name === '' ? email : name }));
}

const optionsOf = (field: FieldSpec) => (field.options ?? []).map(({ value, name }) => ({ value, label: name }));
