import { JsonInput, Select, Switch, TextInput } from '@mantine/core';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { findSignalKind } from '@signalbox/automation/signals/index.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DecimalInput } from '../../../ui/inputs/decimal-input.tsx';
import type { PayloadField } from './payload-shape.ts';

interface PayloadFormProps {
  /** The signal's. */
  readonly kind: string;
  readonly fields: readonly PayloadField[];
  readonly payload: Readonly<Record<string, unknown>>;
  readonly onChange: (payload: Readonly<Record<string, unknown>>) => void;
}

/** What the signal says, drawn from its schema. */
export function PayloadForm({ kind, fields, payload, onChange }: PayloadFormProps) {
  const { i18n } = useTranslation();
  const put = (name: string, value: unknown) => {
    const { [name]: _, ...others } = payload;
    onChange(value === undefined || value === '' ? others : { ...others, [name]: value });
  };
  return fields.map((field) => (
    <PayloadInput
      key={field.name}
      field={field}
      label={findSignalKind(kind)?.fieldIn(parseLanguage(i18n.language), field.name) ?? field.name}
      value={payload[field.name]}
      onChange={(value) => put(field.name, value)}
    />
  ));
}

interface PayloadInputProps {
  readonly field: PayloadField;
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function PayloadInput({ field: { kind, options, required }, label, value, onChange }: PayloadInputProps) {
  if (kind === 'yesNo')
    return (
      <Switch label={label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
    );
  if (kind === 'json') return <Json label={label} value={value} onChange={onChange} required={required} />;
  if (kind === 'number')
    return (
      <DecimalInput
        label={label}
        withAsterisk={required}
        value={typeof value === 'number' ? value : null}
        onChange={(next) => onChange(next === null ? undefined : Number(next))}
      />
    );
  const text = typeof value === 'string' ? value : '';
  if (kind === 'choice')
    return (
      <Select
        label={label}
        withAsterisk={required}
        clearable={!required}
        data={[...options]}
        value={text === '' ? null : text}
        onChange={(next) => onChange(next ?? undefined)}
      />
    );
  return (
    <TextInput
      label={label}
      withAsterisk={required}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Json({ label, value, onChange, required }: Omit<PayloadInputProps, 'field'> & { readonly required: boolean }) {
  const { t } = useTranslation('rehearsal');
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value));
  const change = (next: string) => {
    setText(next);
    try {
      onChange(next.trim() === '' ? undefined : JSON.parse(next));
    } catch {
      // Not finished yet; the control says so.
    }
  };
  return (
    <JsonInput
      label={label}
      withAsterisk={required}
      value={text}
      onChange={change}
      validationError={t('test.badJson')}
      autosize
      minRows={1}
    />
  );
}
