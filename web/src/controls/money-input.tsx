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
  /** A plain number may stay one: it is in the currency of what it meets. Else it is in the workspace's. */
  readonly mayBePlain?: boolean;
}

const PLAIN = 'own';

/** `{ amount, currency }`, `1000`, `"1000 EUR"`. */
function readMoney(value: unknown): { readonly amount: string; readonly currency?: string | undefined } {
  if (isMoney(value)) return value;
  if (typeof value !== 'number' && typeof value !== 'string') return { amount: '' };
  const [amount = '', currency] = String(value).trim().split(/\s+/);
  return { amount, currency };
}

/** An amount and its currency. */
export function MoneyInput({ value, onChange, label, mayBePlain = false, ...frame }: MoneyInputProps) {
  const { t } = useTranslation('automation');
  const own = useFormFacts().currency;
  const { amount, currency = mayBePlain && value !== undefined ? PLAIN : own } = readMoney(value);
  const write = (next: string, code: string) =>
    onChange(next === '' ? undefined : code === PLAIN ? next : { amount: next, currency: code });
  const choice = currencyChoice(own, ...(currency === PLAIN ? [] : [currency]));
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
        data={mayBePlain ? [{ value: PLAIN, label: t('controls.ownCurrency') }, ...choice] : choice}
        value={currency}
        onChange={(code) => write(amount, code ?? own)}
        allowDeselect={false}
        searchable
        w={92}
      />
    </Group>
  );
}
