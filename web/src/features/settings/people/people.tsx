import { Button, Menu, Table, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { User } from '@signalbox/contract/people/users.ts';
import { EllipsisVertical, UserPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/workspace/me.ts';
import { useDepartments, useSaveUser, useUsers } from '../../../api/workspace/users.ts';
import { Loading } from '../../../ui/loading.tsx';
import { sayFailed } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { PersonFace } from '../../../ui/person-face.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';
import { Departments } from './departments.tsx';
import { InviteDialog } from './invite-dialog.tsx';

export function People() {
  const { t } = useTranslation();
  const me = useMe();
  const { data: people, error, refetch } = useUsers();
  const [inviting, { open, close }] = useDisclosure(false);
  const isAdmin = me.role === 'admin';
  const invite = isAdmin && (
    <Button size="xs" leftSection={<UserPlus size={15} />} onClick={open}>
      {t('people.invite')}
    </Button>
  );

  return (
    <>
      <Panel title={t('people.employees')} actions={invite}>
        <ErrorNote error={error} retry={() => void refetch()} />
        {people ? <PeopleTable people={people} isAdmin={isAdmin} /> : !error && <Loading />}
      </Panel>
      <Departments isAdmin={isAdmin} />
      {inviting && <InviteDialog close={close} />}
    </>
  );
}

function PeopleTable({ people, isAdmin }: { people: readonly User[]; isAdmin: boolean }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table fz="sm" verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('common.name')}</Table.Th>
            <Table.Th>{t('people.role')}</Table.Th>
            <Table.Th>{t('people.department')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('common.more')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <Table.Tr key={person.id} style={{ opacity: person.dismissedAt ? 0.6 : 1 }}>
              <Table.Td>
                <Who person={person} />
              </Table.Td>
              <Table.Td>{t(`people.roles.${person.role}`)}</Table.Td>
              <Table.Td>{person.department?.name}</Table.Td>
              <Table.Td ta="right">{isAdmin && <PersonMenu person={person} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Who({ person }: { person: User }) {
  const { t } = useTranslation();
  const state = person.dismissedAt ? t('people.dismissed') : person.active ? '' : t('people.invited');
  return (
    <span className={styles.person}>
      <PersonFace person={person} size={30} />
      <span className={styles.who}>
        <span>{person.name}</span>
        <span className={styles.email}>{[person.email, state].filter(Boolean).join(' · ')}</span>
      </span>
    </span>
  );
}

function PersonMenu({ person }: { person: User }) {
  const { t } = useTranslation();
  const { data: departments = [] } = useDepartments();
  const { mutate } = useSaveUser();
  const save = (change: Omit<Parameters<typeof mutate>[0], 'id'>) =>
    mutate({ id: person.id, ...change }, { onError: sayFailed });
  const otherRole = person.role === 'admin' ? 'employee' : 'admin';

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray" aria-label={`${t('common.more')}: ${person.name}`}>
          <EllipsisVertical size={16} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save({ role: otherRole })}>{t(`people.make.${otherRole}`)}</Menu.Item>
        {departments.length > 0 && <Menu.Label>{t('people.department')}</Menu.Label>}
        {departments.map(({ id, name }) => (
          <Menu.Item key={id} disabled={id === person.department?.id} onClick={() => save({ department: id })}>
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => save({ dismissed: person.dismissedAt === null })}>
          {t(person.dismissedAt ? 'people.rehire' : 'people.dismiss')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
