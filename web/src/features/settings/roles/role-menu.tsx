import { ActionIcon, Menu } from '@mantine/core';
import type { Role } from '@signalbox/contract/people/roles.ts';
import { useNavigate } from '@tanstack/react-router';
import { Copy, EllipsisVertical, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteRole } from './delete-role.tsx';
import { NEW } from './kept-role.ts';

/** What an administrator does with a role. */
export function RoleMenu({ role }: { readonly role: Role }) {
  const { t } = useTranslation('translation');
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const open = (name: string, from?: number) =>
    void navigate({ to: '/settings/roles/$role', params: { role: name }, search: { from } });
  const why = useWhyKept(role);
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon aria-label={`${t('common.more')}: ${role.name}`}>
            <EllipsisVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!role.administrator && (
            <Menu.Item leftSection={<Pencil size={15} />} onClick={() => open(String(role.id))}>
              {t('common.edit')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Copy size={15} />} onClick={() => open(NEW, role.id)}>
            {t('common.copy')}
          </Menu.Item>
          <Menu.Item leftSection={<Trash2 size={15} />} disabled={why !== null} onClick={() => setDeleting(true)}>
            {t('common.delete')}
          </Menu.Item>
          {why !== null && <Menu.Label>{why}</Menu.Label>}
        </Menu.Dropdown>
      </Menu>
      {deleting && <DeleteRole role={role} close={() => setDeleting(false)} />}
    </>
  );
}

/** In the words in which the server would refuse. */
function useWhyKept({ administrator, code, people }: Role): string | null {
  const { t } = useTranslation(['translation', 'rights']);
  if (administrator) return t('problem.codes.administrator-role');
  if (code === 'employee') return t('problem.codes.first-role');
  return people.length === 0 ? null : t('rights:roles.inUse', { number: people.length });
}
