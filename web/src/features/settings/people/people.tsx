import { Button, Table, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { User } from '@signalbox/contract/people/users.ts';
import { UserPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/workspace/me.ts';
import { useUsers } from '../../../api/workspace/users.ts';
import { Loading } from '../../../ui/loading.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import { PersonFace } from '../../../ui/person-face.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';
import { Departments } from './departments.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PersonMenu } from './person-menu.tsx';

export function People() {
  const { t } = useTranslation();
  const me = useMe();
  const { data: people, error, refetch } = useUsers();
  const [inviting, { open, close }] = useDisclosure(false);
  const manages = me.rights.areas.people;
  const invite = manages && (
    <Button size="xs" leftSection={<UserPlus size={15} />} onClick={open}>
      {t('people.invite')}
    </Button>
  );

  return (
    <>
      <Panel title={t('people.employees')} actions={invite}>
        <ErrorNote error={error} retry={() => void refetch()} />
        {people ? <PeopleTable people={people} manages={manages} /> : !error && <Loading />}
      </Panel>
      <Departments manages={manages} />
      {inviting && <InviteDialog close={close} />}
    </>
  );
}

function PeopleTable({ people, manages }: { people: readonly User[]; manages: boolean }) {
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
              <Table.Td>{person.roles.map(({ name }) => name).join(', ')}</Table.Td>
              <Table.Td>{person.department?.name}</Table.Td>
              <Table.Td ta="right">{manages && <PersonMenu person={person} />}</Table.Td>
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
