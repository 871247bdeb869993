import { NumberInput, PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import type { Channel, ChannelKinds } from '@signalbox/contract/channels/channels.ts';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '../../api/users.ts';

export type Setting = ChannelKinds['data'][number]['providers'][number]['settings'][number];

type Value = Channel['settings'][string];

interface SettingInputProps {
  setting: Setting;
  value: Value;
  change: (value: Value) => void;
  error: string | undefined;
  disabled: boolean;
}

/** One setting's control; names and hints are told by its code. */
export function SettingInput(props: SettingInputProps) {
  const Control = controls[props.setting.control];
  return <Control {...props} />;
}

function useCommon({ setting: { code, required }, error, disabled }: SettingInputProps) {
  const { t } = useTranslation();
  const names: Record<string, string> = t('mailbox.settings', { returnObjects: true });
  const hints: Record<string, string> = t('mailbox.hints', { returnObjects: true });
  return { label: names[code] ?? code, description: hints[code], required, error, disabled };
}

function Text(props: SettingInputProps) {
  const { value, change } = props;
  return (
    <TextInput
      {...useCommon(props)}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

function Secret(props: SettingInputProps) {
  const { value, change } = props;
  const kept = typeof value === 'object' && value !== null;
  return (
    <PasswordInput
      {...useCommon(props)}
      value={typeof value === 'string' ? value : ''}
      placeholder={kept ? '••••••••' : ''}
      autoComplete="off"
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

function Numeric(props: SettingInputProps) {
  const { value, change } = props;
  return (
    <NumberInput
      {...useCommon(props)}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => change(next === '' ? null : Number(next))}
    />
  );
}

function Toggle(props: SettingInputProps) {
  const { required: _, ...common } = useCommon(props);
  return (
    <Switch
      {...common}
      checked={props.value === true}
      onChange={(event) => props.change(event.currentTarget.checked)}
    />
  );
}

function Choice(props: SettingInputProps) {
  const { t } = useTranslation();
  const { setting, value, change } = props;
  const names: Record<string, string> = t('mailbox.options', { returnObjects: true });
  return (
    <Select
      {...useCommon(props)}
      data={setting.options.map((option) => ({ value: option, label: names[option] ?? option }))}
      value={typeof value === 'string' ? value : null}
      onChange={change}
      allowDeselect={false}
    />
  );
}

function Person(props: SettingInputProps) {
  const { data: people = [] } = useUsers();
  const { value, change } = props;
  return (
    <Select
      {...useCommon(props)}
      data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={typeof value === 'number' ? String(value) : null}
      onChange={(id) => change(id === null ? null : Number(id))}
      searchable
      clearable
    />
  );
}

const controls: Record<Setting['control'], ComponentType<SettingInputProps>> = {
  text: Text,
  email: Text,
  number: Numeric,
  toggle: Toggle,
  choice: Choice,
  secret: Secret,
  person: Person,
};
