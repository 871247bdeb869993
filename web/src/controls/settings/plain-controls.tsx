import { Checkbox, MultiSelect, PasswordInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { formatDuration, isDuration } from '@signalbox/automation/kit/values/durations.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { useTranslation } from 'react-i18next';
import { DecimalInput } from '../../ui/inputs/decimal-input.tsx';
import { type ControlProps, frameOf, numberOf, shown, textOf, textsOf } from '../control.ts';
import { DurationInput } from '../duration-input.tsx';
import { MoneyInput } from '../money-input.tsx';

export function TextControl(props: ControlProps) {
  return (
    <TextInput
      {...frameOf(props)}
      value={textOf(shown(props))}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

export function EmailControl(props: ControlProps) {
  return (
    <TextInput
      {...frameOf(props)}
      inputMode="email"
      autoComplete="off"
      value={textOf(shown(props))}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

/** A secret that is set is shown as dots and nothing else; what is typed replaces it. */
export function SecretControl(props: ControlProps) {
  const isSet = isRecord(props.value) && props.value.set === true;
  return (
    <PasswordInput
      {...frameOf(props)}
      autoComplete="new-password"
      placeholder={isSet ? '••••••••' : ''}
      value={textOf(shown(props))}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

export function NumberControl(props: ControlProps) {
  return (
    <DecimalInput
      {...frameOf(props)}
      value={numberOf(shown(props)) ?? null}
      onChange={(value) => props.onChange(value === null ? undefined : Number(value))}
      ungrouped={props.setting.ungrouped === true}
      styles={{ wrapper: { maxWidth: 220 } }}
    />
  );
}

export function MoneyControl(props: ControlProps) {
  return <MoneyInput {...frameOf(props)} value={shown(props)} onChange={props.onChange} />;
}

export function ToggleControl(props: ControlProps) {
  return (
    <Switch
      label={props.text.label}
      description={props.text.hint === '' ? undefined : props.text.hint}
      error={props.error}
      checked={shown(props) === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

const FEW = 4;

/** A few choices are cheaper to see than to open; many are a list. */
export function ChoiceControl(props: ControlProps) {
  const data = choicesOf(props);
  return (
    <Select
      {...frameOf(props)}
      data={data}
      value={textOf(shown(props))}
      onChange={(value) => props.onChange(value ?? undefined)}
      allowDeselect={false}
      searchable={data.length > 8}
    />
  );
}

export function MultiChoiceControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const data = choicesOf(props);
  const chosen = [...textsOf(shown(props))];
  if (data.length > FEW)
    return (
      <MultiSelect
        {...frameOf(props)}
        data={data}
        value={chosen}
        onChange={props.onChange}
        placeholder={chosen.length === 0 ? t('controls.any') : ''}
      />
    );
  return (
    <Checkbox.Group {...frameOf(props)} value={chosen} onChange={props.onChange}>
      <Stack gap={6} mt={6}>
        {data.map((choice) => (
          <Checkbox key={choice.value} value={choice.value} label={choice.label} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

export function DurationControl(props: ControlProps) {
  const { value, setting, onChange } = props;
  const initial = isDuration(setting.default) ? formatDuration(setting.default) : '';
  return <DurationInput {...frameOf(props)} value={textOf(value) || initial} onChange={onChange} />;
}

function choicesOf({ setting, text }: ControlProps) {
  return setting.choices.map((value) => ({ value, label: text.choices?.[value] ?? value }));
}
