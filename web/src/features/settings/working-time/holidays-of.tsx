import { Group, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCountries, useHolidays } from '../../../api/automation/working-time.ts';
import { formatDate } from '../../../ui/text/format.ts';
import styles from '../settings.module.css';

interface HolidaysOfProps {
  /** `DE`, or a region of it: `DE-BY`. */
  readonly country: string | null;
  readonly onChange: (country: string | null) => void;
  readonly readOnly: boolean;
}

/** Whose public holidays are free: a country's, or those of one of its regions. */
export function HolidaysOf({ country, onChange, readOnly }: HolidaysOfProps) {
  const { t: say, i18n } = useTranslation('workingTime');
  const { data: countries = [] } = useCountries();
  const names = new Intl.DisplayNames(i18n.language, { type: 'region' });
  const data = countries
    .map(({ code }) => ({ value: code, label: names.of(code) ?? code }))
    .toSorted((a, b) => a.label.localeCompare(b.label, i18n.language));
  const [code = null] = country?.split('-') ?? [];
  const regions = countries.find((one) => one.code === code)?.regions ?? [];
  return (
    <Stack gap="xs">
      <Group gap="sm" align="flex-end">
        <Select
          label={say('country')}
          placeholder={say('noCountry')}
          data={data}
          value={code}
          onChange={onChange}
          disabled={readOnly}
          searchable
          clearable
          w={280}
        />
        {regions.length > 0 && (
          <Select
            label={say('region')}
            placeholder={say('wholeCountry')}
            data={regions.map((region) => ({ value: region.code, label: region.name }))}
            value={country === code ? null : country}
            onChange={(region) => onChange(region ?? code)}
            disabled={readOnly}
            searchable
            clearable
            w={280}
          />
        )}
      </Group>
      {country !== null && <NextHolidays country={country} />}
    </Stack>
  );
}

const shownHolidays = 6;

function NextHolidays({ country }: { readonly country: string }) {
  const { t: say, i18n } = useTranslation('workingTime');
  const { data: holidays = [] } = useHolidays(country, i18n.language);
  if (holidays.length === 0) return null;
  return (
    <div>
      <p className={styles.muted}>{say('nextHolidays')}</p>
      <ul className={styles.days}>
        {holidays.slice(0, shownHolidays).map(({ date, name }) => (
          <li key={`${date} ${name}`}>
            <b>{formatDate(new Date(`${date}T00:00`), i18n.language)}</b> {name}
          </li>
        ))}
      </ul>
    </div>
  );
}
