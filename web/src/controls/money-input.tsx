import { Group, Select } from '@mantine/core';
import { isMoney } from '@signalbox/automation/kit/values/values.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DecimalInput } from '../ui/inputs/decimal-input.tsx';
import { useFormFacts } from './form-facts.tsx';

const common = ['PLN', 'EUR', 'USD', 'GBP', 'BRL', 'MXN', 'CHF', 'CZK', 'UAH'];

/** What a currency is chosen from: first those at hand. */
export const currencyChoice = (...own: readonly string[]) => [...new Set([...own, ...common])];

interface MoneyInputProps {
  readonly label?: ReactNode;
  readonly description?: ReactNode;
  readonly withAsterisk?: boolean;
  readonly error?: string | undefined;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** An amount and its currency; a plain number is in the workspace's currency. */
export function MoneyInput({ value, onChange, label, ...frame }: MoneyInputProps) {
  const { t } = useTranslation('automation');
  const own = useFormFacts().currency;
  const { amount, currency } = isMoney(value)
    ? value
    : { amount: typeof value === 'number' || typeof value === 'string' ? String(value) : '', currency: own };
  const write = (next: string, code: string) => onChange(next === '' ? undefined : { amount: next, currency: code });
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <DecimalInput
        {...frame}
        label={label}
        aria-label={t('controls.amount')}
        value={amount}
        onChange={(next) => write(next ?? '', currency)}
        style={{ flex: 1 }}
      />
      <Select
        aria-label={t('controls.currency')}
        data={currencyChoice(own, currency)}
        value={currency}
        onChange={(code) => write(amount, code ?? own)}
        allowDeselect={false}
        searchable
        w={92}
      />
    </Group>
  );
}
