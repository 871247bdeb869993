import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddDepartment, useDepartments, useUsers } from '../../../api/workspace/users.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { fieldProblem, problemText } from '../../../ui/text/problem-text.ts';
import styles from '../settings.module.css';

export function Departments({ manages }: { manages: boolean }) {
  const { t } = useTranslation();
  const { data: departments = [] } = useDepartments();
  const { data: people = [] } = useUsers();
  const sizeOf = (id: number) => people.filter(({ department }) => department?.id === id).length;
  return (
    <Panel title={t('people.departments')}>
      {departments.length === 0 && <p className={styles.muted}>{t('people.noDepartments')}</p>}
      <ul style={{ margin: '0 0 10px', paddingLeft: 18 }}>
        {departments.map(({ id, name }) => (
          <li key={id}>
            {name} <span className={styles.email}>{t('people.count', { count: sizeOf(id) })}</span>
          </li>
        ))}
      </ul>
      {manages && <AddDepartment />}
    </Panel>
  );
}

function AddDepartment() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const { mutate: add, error, isPending } = useAddDepartment();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add({ name }, { onSuccess: () => setName('') });
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-start">
        <TextInput
          aria-label={t('people.newDepartment')}
          placeholder={t('people.newDepartment')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={error && (fieldProblem(error, 'name', t) ?? problemText(error, t))}
        />
        <Button type="submit" variant="default" loading={isPending} disabled={name.trim() === ''}>
          {t('common.add')}
        </Button>
      </Group>
    </form>
  );
}
