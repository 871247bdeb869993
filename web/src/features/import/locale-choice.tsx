import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SettingsProps } from './settings-props.ts';

const tags = ['en-GB', 'en-US', 'pl-PL', 'es-ES', 'es-MX', 'pt-BR', 'pt-PT', 'it-IT', 'de-DE', 'fr-FR'];

/** How dates and numbers are read where the file does not tell; nothing chosen is as the workspace writes. */
export function LocaleChoice({ home, settings, set }: SettingsProps & { readonly home: string }) {
  const { t, i18n } = useTranslation('lists');
  const named = [...new Set([home, ...tags])].map((value) => ({ value, label: inWords(value, i18n.language) }));
  return (
    <Select
      maw={360}
      label={t('import.locale')}
      description={t('import.localeNote')}
      allowDeselect={false}
      data={[{ value: '', label: t('import.localeOwn') }, ...named]}
      value={settings.locale ?? ''}
      onChange={(chosen) => set({ locale: chosen === null || chosen === '' ? undefined : chosen })}
    />
  );
}

/** `English (United States): 12/31/2026, 1,234.56` */
function inWords(tag: string, language: string): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(tag) ?? tag;
  const date = new Intl.DateTimeFormat(tag, { timeZone: 'UTC' }).format(Date.UTC(2026, 11, 31));
  const number = new Intl.NumberFormat(tag, { minimumFractionDigits: 2, useGrouping: true }).format(12_345.6);
  return `${name}: ${date}, ${number}`;
}
