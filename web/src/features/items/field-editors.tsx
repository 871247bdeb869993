import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import type { Field } from '@signalbox/contract/fields.ts';
import { type ComponentType, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { useUsers } from '../../api/users.ts';
import { ownEscape } from '../../ui/side-panel.tsx';
import { idsOf, moneyOf, textsOf, type Value } from './field-values.ts';

interface EditorProps {
  field: Field;
  value: Value;
  commit: (value: Value) => void;
  cancel: () => void;
  saving: boolean;
  error: string | undefined;
}

/** The editor of a field's kind. It keeps what was typed until the server has taken it. */
export function FieldEditor(props: EditorProps) {
  const Editor = (props.field.multiple ? several : single)[props.field.kind] ?? (props.field.multiple ? Tags : Text);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') props.cancel();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears Escape from the editor inside
    <div {...ownEscape} onKeyDown={onKeyDown}>
      <Editor {...props} />
    </div>
  );
}

const common = ({ field, saving, error }: EditorProps) => ({
  'aria-labelledby': `field-${field.code}`,
  size: 'xs',
  disabled: saving,
  error,
  autoFocus: true,
});

const onEnter = (act: () => void) => (event: KeyboardEvent) => {
  if (event.key === 'Enter') act();
};

const inputTypes: Partial<Record<Field['kind'], string>> = {
  date: 'date',
  dateTime: 'datetime-local',
  email: 'email',
  phone: 'tel',
  link: 'url',
};

function Text(props: EditorProps) {
  const { field, value, commit } = props;
  const [draft, setDraft] = useState(textDraft(field, value));
  const done = () => commit(draft.trim() === '' ? null : textValue(field, draft.trim()));
  return (
    <TextInput
      {...common(props)}
      type={inputTypes[field.kind] ?? 'text'}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={onEnter(done)}
    />
  );
}

function textDraft({ kind }: Field, value: Value): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  if (kind === 'date') return value.slice(0, 10);
  if (kind !== 'dateTime') return value;
  const at = new Date(value);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const textValue = ({ kind }: Field, draft: string) => (kind === 'dateTime' ? new Date(draft).toISOString() : draft);

function NumberEditor(props: EditorProps) {
  const [draft, setDraft] = useState<string | number>(typeof props.value === 'number' ? props.value : '');
  const done = () => props.commit(draft === '' ? null : Number(draft));
  return <NumberInput {...common(props)} value={draft} onChange={setDraft} onBlur={done} onKeyDown={onEnter(done)} />;
}

function MoneyEditor(props: EditorProps) {
  const { workspace } = useMe();
  const before = moneyOf(props.value);
  const currency = before?.currency || workspace.currency;
  const [draft, setDraft] = useState<string | number>(before?.amount ?? '');
  const done = () => props.commit(draft === '' ? null : { amount: String(draft), currency });
  return (
    <NumberInput
      {...common(props)}
      value={draft}
      onChange={setDraft}
      onBlur={done}
      onKeyDown={onEnter(done)}
      decimalScale={2}
      hideControls
      rightSection={currency}
      rightSectionWidth={44}
    />
  );
}

function ChoiceEditor(props: EditorProps) {
  const data = props.field.options.map(({ value, name }) => ({ value, label: name }));
  return <PickOne {...props} data={data} chosen={textsOf(props.value)[0] ?? null} pick={props.commit} />;
}

function YesNoEditor(props: EditorProps) {
  const { t } = useTranslation();
  const data = [
    { value: 'true', label: t('common.yes') },
    { value: 'false', label: t('common.no') },
  ];
  const chosen = props.value === null ? null : String(props.value);
  return (
    <PickOne
      {...props}
      data={data}
      chosen={chosen}
      pick={(text) => props.commit(text === null ? null : text === 'true')}
    />
  );
}

function PersonEditor(props: EditorProps) {
  const data = usePeopleChoices();
  const chosen = textsOf(props.value)[0] ?? null;
  return (
    <PickOne {...props} data={data} chosen={chosen} pick={(id) => props.commit(id === null ? null : Number(id))} />
  );
}

interface PickOneProps extends EditorProps {
  data: { value: string; label: string }[];
  chosen: string | null;
  pick: (value: string | null) => void;
}

function PickOne({ data, chosen, pick, ...props }: PickOneProps) {
  return (
    <Select
      {...common(props)}
      data={data}
      value={chosen}
      onChange={pick}
      onBlur={props.error ? undefined : props.cancel}
      searchable={data.length > 6}
      clearable={props.field.code !== 'responsible'}
      defaultDropdownOpened
    />
  );
}

function ChoicesEditor(props: EditorProps) {
  const data = props.field.options.map(({ value, name }) => ({ value, label: name }));
  return <PickSeveral {...props} data={data} chosen={textsOf(props.value)} pick={props.commit} />;
}

function PeopleEditor(props: EditorProps) {
  const data = usePeopleChoices();
  return <PickSeveral {...props} data={data} chosen={textsOf(props.value)} pick={(ids) => props.commit(idsOf(ids))} />;
}

interface PickSeveralProps extends EditorProps {
  data: { value: string; label: string }[];
  chosen: string[];
  pick: (values: string[]) => void;
}

function PickSeveral({ data, chosen, pick, ...props }: PickSeveralProps) {
  const [draft, setDraft] = useState(chosen);
  return (
    <MultiSelect
      {...common(props)}
      data={data}
      value={draft}
      onChange={setDraft}
      onBlur={() => pick(draft)}
      searchable
      defaultDropdownOpened
    />
  );
}

function Tags(props: EditorProps) {
  const [draft, setDraft] = useState(textsOf(props.value));
  return <TagsInput {...common(props)} value={draft} onChange={setDraft} onBlur={() => props.commit(draft)} />;
}

function usePeopleChoices() {
  const { data: people = [] } = useUsers();
  return people
    .filter(({ dismissedAt }) => dismissedAt === null)
    .map(({ id, name }) => ({ value: String(id), label: name }));
}

const single: Partial<Record<Field['kind'], ComponentType<EditorProps>>> = {
  number: NumberEditor,
  money: MoneyEditor,
  yesNo: YesNoEditor,
  choice: ChoiceEditor,
  multiChoice: ChoicesEditor,
  person: PersonEditor,
};

const several: typeof single = { choice: ChoicesEditor, multiChoice: ChoicesEditor, person: PeopleEditor };
