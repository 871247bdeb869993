import { Group, Input, type InputWrapperProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from './date-field.tsx';
import { TimeField } from './time-field.tsx';

interface MomentFieldProps extends Pick<InputWrapperProps, 'label' | 'description' | 'error' | 'withAsterisk'> {
  readonly 'aria-label'?: string | undefined;
  readonly 'aria-labelledby'?: string | undefined;
  readonly size?: 'xs' | 'sm' | undefined;
  readonly disabled?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  /** RFC 3339; null for none. */
  readonly value: string | null;
  readonly onChange: (moment: string | null) => void;
}

/** A day and a time of it, by the clock of the browser. A day without a time begins at midnight. */
export function MomentField({ value, onChange, disabled, autoFocus, size, ...frame }: MomentFieldProps) {
  const { t } = useTranslation();
  const { label, description, error, withAsterisk, ...names } = frame;
  const { day, time } = partsOf(value);
  // A time may be typed before its day is.
  const [early, setEarly] = useState('');
  const write = (nextDay: string | null, nextTime: string) => {
    setEarly(nextTime);
    onChange(nextDay === null ? null : new Date(`${nextDay}T${nextTime || '00:00'}`).toISOString());
  };
  const name = names['aria-label'] ?? (typeof label === 'string' ? label : undefined);
  const shared = { disabled, size };
  return (
    <Input.Wrapper {...{ label, description, error, withAsterisk, size }} labelElement="div">
      <Group gap={4} wrap="nowrap" align="flex-start">
        <DateField
          {...shared}
          {...names}
          aria-label={name}
          autoFocus={autoFocus}
          value={day}
          onChange={(next) => write(next, time || early)}
          clearable
          flex={1}
          miw={0}
        />
        <TimeField
          {...shared}
          aria-label={name === undefined ? t('inputs.time') : `${name}: ${t('inputs.time')}`}
          value={day === null ? early : time}
          onChange={(next) => write(day, next)}
          w={size === 'xs' ? 88 : 104}
        />
      </Group>
    </Input.Wrapper>
  );
}

function partsOf(value: string | null): { readonly day: string | null; readonly time: string } {
  const at = new Date(value ?? Number.NaN);
  if (Number.isNaN(at.getTime())) return { day: null, time: '' };
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString();
  return { day: local.slice(0, 10), time: local.slice(11, 16) };
}
