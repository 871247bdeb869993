import { Button, Group, Select, Stack } from '@mantine/core';
import type { Calendar, CalendarBody } from '@signalbox/contract/working-time.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { useCalendar, useCountries, useHolidays, useSaveCalendar } from '../../api/working-time.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { formatDate } from '../../ui/format.ts';
import { Loading } from '../../ui/loading.tsx';
import { sayDone } from '../../ui/notify.ts';
import { Panel } from '../../ui/panel.tsx';
import { Absences } from './absences.tsx';
import { OwnDays } from './own-days.tsx';
import styles from './settings.module.css';
import { WeekEditor } from './week-editor.tsx';

/** The company calendar, and who is away (semantics.md 5.4). */
export function WorkingTime() {
  const { data: calendar, error, refetch } = useCalendar();
  return (
    <>
      <ErrorNote error={error} retry={() => void refetch()} />
      {calendar ? <CalendarForm saved={calendar} /> : !error && <Loading />}
      <Absences />
    </>
  );
}

function CalendarForm({ saved: { timeZone, ...saved } }: { saved: Calendar }) {
  const { t } = useTranslation();
  const { t: say } = useTranslation('workingTime');
  const isAdmin = useMe().role === 'admin';
  const [calendar, setCalendar] = useState<CalendarBody>(saved);
  const { mutate: save, error, isPending } = useSaveCalendar();
  const change = (part: Partial<CalendarBody>) => setCalendar((before) => ({ ...before, ...part }));
  const isSame = JSON.stringify(calendar) === JSON.stringify(saved);
  return (
    <Panel title={say('calendar')}>
      <Stack gap="lg">
        <p className={styles.muted}>
          {say('zone', { zone: timeZone })} {!isAdmin && say('adminsOnly')}
        </p>
        <WeekEditor week={calendar.week} onChange={(week) => change({ week })} readOnly={!isAdmin} />
        <Country country={calendar.country} onChange={(country) => change({ country })} readOnly={!isAdmin} />
        <OwnDays calendar={calendar} onChange={change} readOnly={!isAdmin} />
        <ErrorNote error={error} />
        {isAdmin && (
          <Group justify="flex-end">
            <Button
              loading={isPending}
              disabled={isSame}
              onClick={() => save(calendar, { onSuccess: () => sayDone(t('common.saved')) })}
            >
              {t('common.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}

interface CountryProps {
  readonly country: string | null;
  readonly onChange: (country: string | null) => void;
  readonly readOnly: boolean;
}

const shownHolidays = 6;

function Country({ country, onChange, readOnly }: CountryProps) {
  const { t: say, i18n } = useTranslation('workingTime');
  const { data: countries = [] } = useCountries();
  const { data: holidays = [] } = useHolidays(country, i18n.language);
  const names = new Intl.DisplayNames(i18n.language, { type: 'region' });
  const data = countries
    .map(({ code }) => ({ value: code, label: names.of(code) ?? code }))
    .toSorted((a, b) => a.label.localeCompare(b.label, i18n.language));
  return (
    <Stack gap="xs">
      <Select
        label={say('country')}
        placeholder={say('noCountry')}
        data={data}
        value={country}
        onChange={onChange}
        disabled={readOnly}
        searchable
        clearable
        maw={320}
      />
      {country !== null && holidays.length > 0 && (
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
      )}
    </Stack>
  );
}
