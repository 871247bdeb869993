import { Button, Group, Stack } from '@mantine/core';
import type { Calendar, CalendarBody } from '@signalbox/contract/people/working-time.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalendar, useSaveCalendar } from '../../../api/automation/working-time.ts';
import { useMe } from '../../../api/workspace/me.ts';
import { Loading } from '../../../ui/loading.tsx';
import { sayDone } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';
import { Absences } from './absences.tsx';
import { HolidaysOf } from './holidays-of.tsx';
import { OwnDays } from './own-days.tsx';
import { TimeZone } from './time-zone.tsx';
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

function CalendarForm({ saved }: { saved: Calendar }) {
  const { t } = useTranslation();
  const { t: say } = useTranslation('workingTime');
  const mayChange = useMe().rights.areas.settings;
  const [calendar, setCalendar] = useState<CalendarBody>(saved);
  const { mutate: save, error, isPending } = useSaveCalendar();
  const change = (part: Partial<CalendarBody>) => setCalendar((before) => ({ ...before, ...part }));
  const isSame = JSON.stringify(calendar) === JSON.stringify(saved);
  return (
    <Panel title={say('calendar')}>
      <Stack gap="lg">
        {!mayChange && <p className={styles.muted}>{say('adminsOnly')}</p>}
        <TimeZone
          zone={calendar.timeZone ?? saved.timeZone}
          onChange={(timeZone) => change({ timeZone })}
          readOnly={!mayChange}
        />
        <WeekEditor week={calendar.week} onChange={(week) => change({ week })} readOnly={!mayChange} />
        <HolidaysOf country={calendar.country} onChange={(country) => change({ country })} readOnly={!mayChange} />
        <OwnDays calendar={calendar} onChange={change} readOnly={!mayChange} />
        <ErrorNote error={error} />
        {mayChange && (
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
