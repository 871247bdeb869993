import { ActionIcon, Button, Group, Select, Stack, TextInput } from '@mantine/core';
import type { Absence } from '@signalbox/contract/people/working-time.ts';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAbsences, useAddAbsence, useDeleteAbsence } from '../../../api/automation/working-time.ts';
import { useMe } from '../../../api/workspace/me.ts';
import { useUsers } from '../../../api/workspace/users.ts';
import { DateField } from '../../../ui/inputs/date-field.tsx';
import { sayFailed } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { formatDate } from '../../../ui/text/format.ts';
import { fieldProblem, hasFieldProblems } from '../../../ui/text/problem-text.ts';
import styles from '../settings.module.css';

/** One's own leaves; for administrators everybody's. */
export function Absences() {
  const { t: say } = useTranslation('workingTime');
  const { data: absences, error, refetch } = useAbsences();
  return (
    <Panel title={say('absences')}>
      <Stack gap="sm">
        <p className={styles.muted}>{say('absencesHint')}</p>
        <ErrorNote error={error} retry={() => void refetch()} />
        {absences?.length === 0 && <p className={styles.muted}>{say('noAbsences')}</p>}
        <ul className={styles.days}>
          {absences?.map((absence) => (
            <AbsenceLine key={absence.id} absence={absence} />
          ))}
        </ul>
        <AddAbsence />
      </Stack>
    </Panel>
  );
}

function AbsenceLine({ absence: { id, employee, from, to, reason } }: { absence: Absence }) {
  const { t, i18n } = useTranslation();
  const { mutate: remove } = useDeleteAbsence();
  const me = useMe();
  const mayRemove = me.rights.areas.people || employee.id === me.id;
  const [first, last] = [from, to].map((date) => formatDate(new Date(`${date}T00:00`), i18n.language));
  const days = from === to ? first : `${first} – ${last}`;
  return (
    <li>
      <Group gap="xs">
        <b>{employee.name}</b> {days} <span className={styles.email}>{reason}</span>
        {mayRemove && (
          <ActionIcon
            size="sm"
            aria-label={`${t('common.delete')}: ${employee.name}, ${days}`}
            onClick={() => remove(id, { onError: sayFailed })}
          >
            <X size={14} />
          </ActionIcon>
        )}
      </Group>
    </li>
  );
}

const blank: { from: string | null; to: string | null; reason: string } = { from: null, to: null, reason: '' };

function AddAbsence() {
  const { t } = useTranslation();
  const { t: say } = useTranslation('workingTime');
  const me = useMe();
  const [employee, setEmployee] = useState(me.id);
  const [{ from, to, reason }, setDraft] = useState(blank);
  const { mutate: add, error, isPending } = useAddAbsence();
  const set = (change: Partial<typeof blank>) => setDraft((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (from === null) return;
    add({ employee, from, to: to ?? from, reason }, { onSuccess: () => setDraft(blank) });
  };
  return (
    <form onSubmit={submit}>
      <ErrorNote error={hasFieldProblems(error) ? null : error} />
      <Group gap="xs" align="flex-end">
        {me.rights.areas.people && <Whose employee={employee} onChange={setEmployee} />}
        <DateField label={say('firstDay')} value={from} onChange={(value) => set({ from: value })} w={150} />
        <DateField
          label={say('lastDay')}
          value={to}
          onChange={(value) => set({ to: value })}
          error={error && fieldProblem(error, 'to', t)}
          w={150}
        />
        <TextInput
          label={say('reason')}
          value={reason}
          onChange={(event) => set({ reason: event.currentTarget.value })}
          maxLength={500}
        />
        <Button type="submit" variant="default" loading={isPending} disabled={from === null || reason.trim() === ''}>
          {say('addAbsence')}
        </Button>
      </Group>
    </form>
  );
}

function Whose({ employee, onChange }: { employee: number; onChange: (employee: number) => void }) {
  const { t: say } = useTranslation('workingTime');
  const { data: people = [] } = useUsers();
  const present = people.filter(({ dismissedAt }) => dismissedAt === null);
  return (
    <Select
      label={say('employee')}
      data={present.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={String(employee)}
      onChange={(chosen) => chosen !== null && onChange(Number(chosen))}
      allowDeselect={false}
      searchable
    />
  );
}
