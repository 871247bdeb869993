import { MultiSelect, Select, TagsInput, TextInput } from '@mantine/core';
import { takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '../../api/workspace/users.ts';
import { DateField } from '../../ui/inputs/date-field.tsx';
import { DecimalInput } from '../../ui/inputs/decimal-input.tsx';
import { MomentField } from '../../ui/inputs/moment-field.tsx';
import { ClientInput } from './client-input.tsx';
import { FileInput } from './file-input.tsx';
import type { InputField, InputProps } from './input-props.ts';
import { ItemInput } from './item-input.tsx';
import { MoneyField } from './money-field.tsx';
import { SeveralInputs } from './several-inputs.tsx';
import { idsOf, textsOf, type Value } from './values.ts';

/** The input for a field's value, by its kind; null is empty. */
export function FieldInput(props: InputProps) {
  const { kind } = props.field;
  const Input = takesSeveral(props.field) ? several[kind] : single[kind];
  return <Input {...props} />;
}

type Input = ComponentType<InputProps>;

const inputTypes: Partial<Record<FieldKind, string>> = {
  email: 'email',
  phone: 'tel',
  link: 'url',
};

const Text: Input = ({ field: { kind }, value, onChange, frame }) => (
  <TextInput
    {...frame}
    type={inputTypes[kind] ?? 'text'}
    value={textShown(value)}
    onChange={({ currentTarget: { value: text } }) => onChange(text === '' ? null : text)}
  />
);

const textShown = (value: Value) => (typeof value === 'string' ? value : value === null ? '' : String(value));

const Day: Input = ({ value, onChange, frame }) => (
  <DateField {...frame} value={typeof value === 'string' ? value.slice(0, 10) : null} onChange={onChange} clearable />
);

const Moment: Input = ({ value, onChange, frame }) => (
  <MomentField {...frame} value={typeof value === 'string' ? value : null} onChange={onChange} />
);

const NumberValue: Input = ({ value, onChange, frame }) => (
  <DecimalInput
    {...frame}
    value={typeof value === 'number' ? value : null}
    onChange={(next) => onChange(next === null ? null : Number(next))}
  />
);

const YesNo: Input = ({ value, onChange, frame }) => {
  const { t } = useTranslation();
  return (
    <Select
      {...frame}
      data={[
        { value: 'true', label: t('common.yes') },
        { value: 'false', label: t('common.no') },
      ]}
      value={value === null ? null : String(value)}
      onChange={(next) => onChange(next === null ? null : next === 'true')}
      clearable
    />
  );
};

const Choice: Input = ({ field, value, onChange, frame }) => {
  const data = useOptions(field);
  return (
    <Select
      {...frame}
      data={data}
      value={textsOf(value)[0] ?? null}
      onChange={onChange}
      searchable={data.length > 6}
      clearable
    />
  );
};

const Choices: Input = ({ field, value, onChange, frame }) => (
  <MultiSelect {...frame} data={useOptions(field)} value={textsOf(value)} onChange={onChange} searchable />
);

const Person: Input = ({ value, onChange, frame }) => (
  <Select
    {...frame}
    data={usePeople()}
    value={textsOf(value)[0] ?? null}
    onChange={(next) => onChange(next === null ? null : Number(next))}
    searchable
    clearable
  />
);

const People: Input = ({ value, onChange, frame }) => (
  <MultiSelect
    {...frame}
    data={usePeople()}
    value={textsOf(value)}
    onChange={(next) => onChange(idsOf(next))}
    searchable
  />
);

// Only Enter ends one: addresses and texts have commas of their own.
const Texts: Input = ({ value, onChange, frame }) => (
  <TagsInput {...frame} splitChars={[]} value={textsOf(value)} onChange={onChange} acceptValueOnBlur />
);

const Several: Input = (props) => <SeveralInputs {...props} One={FieldInput} />;

const useOptions = ({ options = [] }: InputField) => options.map(({ value, name }) => ({ value, label: name }));

function usePeople() {
  const { data: people = [] } = useUsers();
  return people
    .filter(({ dismissedAt }) => dismissedAt === null)
    .map(({ id, name }) => ({ value: String(id), label: name }));
}

const references = { client: ClientInput, item: ItemInput, file: FileInput };

const single: Readonly<Record<FieldKind, Input>> = {
  text: Text,
  link: Text,
  phone: Text,
  email: Text,
  address: Text,
  date: Day,
  dateTime: Moment,
  multiChoice: Choices,
  number: NumberValue,
  money: MoneyField,
  yesNo: YesNo,
  choice: Choice,
  person: Person,
  ...references,
};

const several: Readonly<Record<FieldKind, Input>> = {
  number: Several,
  money: Several,
  date: Several,
  dateTime: Several,
  yesNo: Several,
  choice: Choices,
  multiChoice: Choices,
  person: People,
  text: Texts,
  link: Texts,
  phone: Texts,
  email: Texts,
  address: Texts,
  ...references,
};
