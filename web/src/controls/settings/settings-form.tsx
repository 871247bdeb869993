import { Stack } from '@mantine/core';
import type { Fields } from '@signalbox/automation/kit/settings/setting.ts';
import type { FieldText } from '@signalbox/automation/kit/settings/strings.ts';
import { useCallback } from 'react';
import type { ControlProps } from '../control.ts';
import { controls } from './registry.tsx';

interface SettingsFormProps {
  readonly fields: Fields;
  readonly texts: Readonly<Record<string, FieldText>>;
  readonly values: Readonly<Record<string, unknown>>;
  readonly onChange: (name: string, value: unknown) => void;
  /** By setting: what is wrong with it, in words. */
  readonly errors: Readonly<Record<string, string>>;
}

/** A settings form drawn from a definition's fields alone. */
export function SettingsForm({ fields, texts, values, onChange, errors }: SettingsFormProps) {
  return (
    <Stack gap="md">
      {Object.entries(fields).map(([name, setting]) => (
        <Field
          key={name}
          name={name}
          setting={setting}
          text={texts[name] ?? { label: name, hint: '' }}
          value={values[name]}
          siblings={values}
          onSet={onChange}
          error={errors[name]}
        />
      ))}
    </Stack>
  );
}

type FieldProps = Omit<ControlProps, 'onChange'> & { readonly onSet: (name: string, value: unknown) => void };

function Field({ onSet, ...props }: FieldProps) {
  const Control = controls[props.setting.control];
  const onChange = useCallback((value: unknown) => onSet(props.name, value), [onSet, props.name]);
  return (
    <div data-field={`settings.${props.name}`}>
      <Control {...props} onChange={onChange} />
    </div>
  );
}
