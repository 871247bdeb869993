import { Group, Input, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/workspace/me.ts';
import { DecimalInput } from '../../ui/inputs/decimal-input.tsx';
import { decimalsOf } from '../../ui/text/format.ts';
import { currencyChoice } from '../money-input.tsx';
import type { InputProps } from './input-props.ts';
import { moneyOf } from './values.ts';

/** An amount and its currency; a new one is in the workspace's. */
export function MoneyField({ value, onChange, frame }: InputProps) {
  const { t } = useTranslation('fields');
  const { workspace } = useMe();
  const { label, description, error, withAsterisk, ...each } = frame;
  const before = moneyOf(value);
  // It may be chosen before the amount is typed.
  const [wanted, setWanted] = useState('');
  const currency = before?.currency || wanted || workspace.currency;
  const choose = (chosen: string | null) => {
    setWanted(chosen ?? '');
    if (before && chosen) onChange({ ...before, currency: chosen });
  };
  const name = each['aria-label'] ?? (typeof label === 'string' ? label : undefined);
  return (
    <Input.Wrapper {...{ label, description, error, withAsterisk }} labelElement="div">
      <Group gap={4} wrap="nowrap">
        <DecimalInput
          {...each}
          aria-label={name}
          error={error !== undefined}
          value={before?.amount ?? null}
          onChange={(amount) => onChange(amount === null ? null : { amount, currency })}
          decimals={decimalsOf(currency)}
          flex={1}
          miw={0}
        />
        <Select
          size={each.size}
          aria-label={t('currency')}
          data={currencyChoice(workspace.currency, currency)}
          value={currency}
          onChange={choose}
          allowDeselect={false}
          disabled={each.disabled}
          w={84}
          comboboxProps={{ width: 110, position: 'bottom-end' }}
        />
      </Group>
    </Input.Wrapper>
  );
}
