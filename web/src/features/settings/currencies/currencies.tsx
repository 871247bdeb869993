import { Button, Group, Select, Stack } from '@mantine/core';
import type { Currencies as Saved } from '@signalbox/contract/currencies.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currenciesQuery, useSaveCurrencies } from '../../../api/workspace/currencies.ts';
import { useMe } from '../../../api/workspace/me.ts';
import { Loading } from '../../../ui/loading.tsx';
import { sayDone } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';
import { currencyChoices } from './currency-choices.ts';
import { RateRows } from './rate-rows.tsx';
import { RatesHistory } from './rates-history.tsx';

/** What other currencies are worth in that of the company (semantics.md 6). */
export function Currencies() {
  const { t } = useTranslation('currencies');
  const { data: saved, error, refetch } = useQuery(currenciesQuery);
  return (
    <>
      <p className={styles.muted}>{t('intro')}</p>
      <ErrorNote error={error} retry={() => void refetch()} />
      {saved ? <RatesForm key={saved.since ?? ''} saved={saved} /> : !error && <Loading />}
      {saved?.history && saved.history.length > 0 && <RatesHistory history={saved.history} />}
    </>
  );
}

function RatesForm({ saved }: { readonly saved: Saved }) {
  const { t, i18n } = useTranslation('currencies');
  const { t: say } = useTranslation();
  const mayChange = useMe().rights.areas.settings;
  const [base, setBase] = useState(saved.base);
  const [rates, setRates] = useState<Readonly<Record<string, number | string>>>(saved.rates);
  const { mutate: save, error, isPending } = useSaveCurrencies();
  const isSame = base === saved.base && JSON.stringify(rates) === JSON.stringify(saved.rates);
  const isWhole = Object.values(rates).every((rate) => Number(rate) > 0);
  const done = () => sayDone(say('common.saved'));
  return (
    <Panel title={t('rates')}>
      <Stack gap="md">
        {!mayChange && <p className={styles.muted}>{t('readOnly')}</p>}
        <Select
          label={t('base')}
          description={t('baseHint')}
          data={currencyChoices(i18n.language, [])}
          value={base}
          onChange={(chosen) => chosen !== null && setBase(chosen)}
          disabled={!mayChange}
          allowDeselect={false}
          searchable
          maw={420}
        />
        <RateRows base={base} rates={rates} onChange={setRates} readOnly={!mayChange} />
        <ErrorNote error={error} />
        {mayChange && (
          <Group justify="flex-end">
            <Button
              loading={isPending}
              disabled={isSame || !isWhole}
              onClick={() => save({ base, rates: { ...rates } }, { onSuccess: done })}
            >
              {say('common.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
