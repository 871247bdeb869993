import type { ComboboxItemGroup } from '@mantine/core';
import { MultiSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ControlProps, frameOf, nameOf, shown, textOf, textsOf, withChosen } from '../control.ts';
import { useFormFacts } from '../form-facts.tsx';

type Groups = ComboboxItemGroup<{ readonly value: string; readonly label: string }>[];

/** One person: somebody of the item, a person field, the head of a department, or an employee. */
export function PersonControl(props: ControlProps) {
  const chosen = textOf(shown(props));
  const data = usePeople([chosen]);
  return <PersonSelect {...frameOf(props)} data={data} value={chosen} onChange={props.onChange} />;
}

/** One employee by id, where there is no item whose people could be meant. */
export function EmployeeControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const { people } = useFormFacts();
  const chosen = textOf(shown(props));
  const options = people.map(({ id, name, email }) => ({ value: String(id), label: name === '' ? email : name }));
  return (
    <Select
      {...frameOf(props)}
      data={withChosen(options, [chosen])}
      value={chosen === '' ? null : chosen}
      onChange={(id) => props.onChange(id === null ? null : Number(id))}
      searchable
      clearable
      limit={200}
      nothingFoundMessage={t('controls.nothingFound')}
    />
  );
}

/** People, roles and departments; who they are is found when the rule runs. */
export function PeopleControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const chosen = [...textsOf(shown(props))];
  const data = usePeople(chosen);
  return (
    <MultiSelect
      {...frameOf(props)}
      data={data}
      value={chosen}
      onChange={props.onChange}
      searchable
      hidePickedOptions
      limit={200}
      maxDropdownHeight={320}
      nothingFoundMessage={t('controls.nothingFound')}
      placeholder={chosen.length === 0 ? t('controls.choosePeople') : ''}
      clearable
    />
  );
}

interface PersonSelectProps {
  readonly label: string;
  readonly description?: string | undefined;
  readonly withAsterisk?: boolean;
  readonly error?: string | undefined;
  readonly data: Groups;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function PersonSelect({ value, onChange, data, ...frame }: PersonSelectProps) {
  const { t } = useTranslation('automation');
  return (
    <Select
      {...frame}
      data={data}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
      searchable
      limit={200}
      maxDropdownHeight={320}
      nothingFoundMessage={t('controls.nothingFound')}
      allowDeselect={false}
    />
  );
}

/** Everybody who may be meant, by kind; what is chosen but no longer there keeps a line of its own. */
export function usePeople(chosen: readonly string[]): Groups {
  const { t } = useTranslation('automation');
  const facts = useFormFacts();
  const ofItem = ['responsible', 'supervisor', 'creator', 'observers', 'signal'] as const;
  const personFields = facts.fields.filter((field) => field.kind === 'person' && field.custom);
  const groups: Groups = [
    { group: t('people.ofItem'), items: ofItem.map((value) => ({ value, label: t(`people.${value}`) })) },
    {
      group: t('people.fields'),
      items: personFields.map((field) => ({ value: `field:${field.code}`, label: nameOf(field, facts.language) })),
    },
    {
      group: t('people.employees'),
      items: facts.people.map(({ name, email }) => ({ value: email, label: name === '' ? email : name })),
    },
    {
      group: t('people.departments'),
      items: facts.departments.map((name) => ({ value: `department:${name}`, label: name })),
    },
    {
      group: t('people.heads'),
      items: facts.departments.map((name) => ({ value: `head:${name}`, label: t('people.headOf', { name }) })),
    },
    {
      group: t('people.roles'),
      items: facts.roles.map((name) => ({ value: `role:${name}`, label: t('people.role', { name }) })),
    },
  ];
  const known = new Set(groups.flatMap(({ items }) => items.map(({ value }) => value)));
  const missing = chosen.filter((value) => value !== '' && !known.has(value));
  const all =
    missing.length === 0
      ? groups
      : [...groups, { group: t('people.unknown'), items: missing.map((value) => ({ value, label: value })) }];
  return all.filter(({ items }) => items.length > 0);
}
