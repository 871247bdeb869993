import { ActionIcon, Group, Select } from '@mantine/core';
import { plainNumber } from '@signalbox/automation/kit/values/decimal.ts';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DecimalInput } from '../../../ui/inputs/decimal-input.tsx';
import styles from '../settings.module.css';
import { currencyChoices } from './currency-choices.ts';

type Rates = Readonly<Record<string, number | string>>;

interface RateRowsProps {
  readonly base: string;
  readonly rates: Rates;
  readonly onChange: (rates: Rates) => void;
  readonly readOnly: boolean;
}

/** A line a currency, and one to add another. */
export function RateRows({ base, rates, onChange, readOnly }: RateRowsProps) {
  const { t, i18n } = useTranslation('currencies');
  const codes = Object.keys(rates).filter((code) => code !== base);
  const [search, setSearch] = useState('');
  const [added, setAdded] = useState('');
  const add = (code: string | null) => {
    if (code === null) return;
    onChange({ ...rates, [code]: '' });
    setAdded(code);
    setSearch('');
  };
  const without = (gone: string) => Object.fromEntries(Object.entries(rates).filter(([code]) => code !== gone));
  return (
    <>
      {codes.length === 0 && <p className={styles.muted}>{t('empty')}</p>}
      {codes.map((code) => (
        <Group key={code} gap="xs" align="flex-end" wrap="nowrap">
          <DecimalInput
            label={t('rate', { code, base })}
            value={written(rates[code] ?? null)}
            onChange={(rate) => onChange({ ...rates, [code]: rate ?? '' })}
            autoFocus={code === added}
            min={0}
            decimals={20}
            disabled={readOnly}
            w={220}
          />
          {!readOnly && (
            <ActionIcon size="lg" aria-label={t('remove', { code })} onClick={() => onChange(without(code))}>
              <X size={16} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {!readOnly && (
        <Select
          aria-label={t('add')}
          placeholder={t('add')}
          data={currencyChoices(i18n.language, [base, ...codes])}
          value={null}
          searchValue={search}
          onSearchChange={setSearch}
          onChange={add}
          searchable
          maw={420}
        />
      )}
    </>
  );
}

// A small rate is a number with an exponent.
const written = (rate: number | string | null) => (typeof rate === 'number' ? plainNumber(rate) : rate);
