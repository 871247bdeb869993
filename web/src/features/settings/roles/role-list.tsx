import { Badge, Table } from '@mantine/core';
import type { Role } from '@signalbox/contract/people/roles.ts';
import { Lock, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/workspace/me.ts';
import { useRoles } from '../../../api/workspace/roles.ts';
import { ButtonLink, TextLink } from '../../../ui/button-link.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';
import { findDraft, NEW } from './kept-role.ts';
import { RoleMenu } from './role-menu.tsx';

export function RoleList() {
  const { t } = useTranslation(['rights', 'translation']);
  const { administrator } = useMe().rights;
  const { data: roles, error, refetch } = useRoles();
  const make = administrator && (
    <ButtonLink size="xs" leftSection={<Plus size={15} />} to="/settings/roles/$role" params={{ role: NEW }}>
      {t('roles.new')}
    </ButtonLink>
  );
  return (
    <Panel title={t('translation:settings.roles')} actions={make}>
      <p className={styles.muted}>
        {t('roles.intro')} {!administrator && t('roles.onlyAdmins')}
      </p>
      <ErrorNote error={error} retry={() => void refetch()} />
      {!roles && !error && <Loading />}
      {roles && (
        <Table fz="sm" verticalSpacing={8} mt="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('roles.role')}</Table.Th>
              <Table.Th>{t('roles.who')}</Table.Th>
              <Table.Th aria-label={t('translation:common.more')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {roles.map((role) => (
              <RoleRow key={role.id} role={role} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}

function RoleRow({ role }: { readonly role: Role }) {
  const { t } = useTranslation('rights');
  const { administrator } = useMe().rights;
  const count = role.people.length;
  return (
    <Table.Tr>
      <Table.Td>
        <span className={styles.channelHead}>
          <TextLink size="sm" fw={600} to="/settings/roles/$role" params={{ role: String(role.id) }}>
            {role.name}
          </TextLink>
          {role.administrator && <Lock size={14} aria-label={t('roles.fixed')} />}
          {role.code === 'employee' && (
            <Badge variant="default" size="sm" tt="none">
              {t('roles.newcomers')}
            </Badge>
          )}
          {findDraft(String(role.id)) !== null && (
            <Badge color="yellow" variant="light" size="sm" tt="none">
              {t('roles.unsaved')}
            </Badge>
          )}
        </span>
      </Table.Td>
      <Table.Td>{count === 0 ? t('roles.nobody') : t('roles.people', { count })}</Table.Td>
      <Table.Td ta="right">{administrator && <RoleMenu role={role} />}</Table.Td>
    </Table.Tr>
  );
}
