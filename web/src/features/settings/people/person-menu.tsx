import { Button, Menu } from '@mantine/core';
import type { User } from '@signalbox/contract/people/users.ts';
import { AtSign, EllipsisVertical, Eye, ShieldCheck, ShieldOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/workspace/me.ts';
import { useRoles } from '../../../api/workspace/roles.ts';
import { isWithin, seeAs } from '../../../api/workspace/see-as.ts';
import { useDepartments, useSaveUser } from '../../../api/workspace/users.ts';
import { sayFailed } from '../../../ui/notify.ts';
import { AddressesDialog } from './addresses-dialog.tsx';
import { DismissDialog } from './dismiss-dialog.tsx';
import { RolesDialog } from './roles-dialog.tsx';
import { TakeFactorsDialog } from './take-factors-dialog.tsx';

/** What may be done with a colleague; nobody manages somebody who has more rights. */
export function PersonMenu({ person }: { readonly person: User }) {
  const { t } = useTranslation(['translation', 'rights', 'mail', 'handOver', 'entrance']);
  const { data: roles = [] } = useRoles();
  const [choosing, setChoosing] = useState(false);
  const [addressing, setAddressing] = useState(false);
  const [dismissing, setDismissing] = useState(false);
  const [taking, setTaking] = useState(false);
  const manageable = isWithin(person, roles, 'giveable');
  return (
    <>
      <Menu position="bottom-end" width={290}>
        <Menu.Target>
          <Button size="compact-sm" variant="subtle" color="gray" aria-label={`${t('common.more')}: ${person.name}`}>
            <EllipsisVertical size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {manageable ? (
            <Menu.Item leftSection={<ShieldCheck size={15} />} onClick={() => setChoosing(true)}>
              {t('rights:roles.choose')}
            </Menu.Item>
          ) : (
            <Menu.Label>{t('problem.codes.more-than-own')}</Menu.Label>
          )}
          {manageable && (
            <Menu.Item leftSection={<AtSign size={15} />} onClick={() => setAddressing(true)}>
              {t('mail:addresses')}
            </Menu.Item>
          )}
          <SeeAs person={person} />
          {person.active && isWithin(person, roles, 'seeable') && (
            <Menu.Item leftSection={<ShieldOff size={15} />} onClick={() => setTaking(true)}>
              {t('entrance:take.action')}
            </Menu.Item>
          )}
          {manageable && <Changes person={person} dismiss={() => setDismissing(true)} />}
        </Menu.Dropdown>
      </Menu>
      {choosing && <RolesDialog person={person} roles={roles} close={() => setChoosing(false)} />}
      {dismissing && <DismissDialog person={person} close={() => setDismissing(false)} />}
      {taking && <TakeFactorsDialog person={person} close={() => setTaking(false)} />}
      {addressing && <AddressesDialog person={person} close={() => setAddressing(false)} />}
    </>
  );
}

function SeeAs({ person }: { readonly person: User }) {
  const { t } = useTranslation('rights');
  const me = useMe();
  const { data: roles = [] } = useRoles();
  if (person.id === me.id || person.dismissedAt !== null) return null;
  const may = isWithin(person, roles, 'seeable');
  return (
    <>
      <Menu.Item leftSection={<Eye size={15} />} disabled={!may} onClick={() => void seeAs(person.id).catch(sayFailed)}>
        {t('see.start', { name: person.name })}
      </Menu.Item>
      {!may && <Menu.Label>{t('see.more')}</Menu.Label>}
    </>
  );
}

function Changes({ person, dismiss }: { readonly person: User; readonly dismiss: () => void }) {
  const { t } = useTranslation();
  const { data: departments = [] } = useDepartments();
  const { mutate } = useSaveUser();
  const save = (change: Omit<Parameters<typeof mutate>[0], 'id'>) =>
    mutate({ id: person.id, ...change }, { onError: sayFailed });
  return (
    <>
      {departments.length > 0 && <Menu.Label>{t('people.department')}</Menu.Label>}
      {departments.map(({ id, name }) => (
        <Menu.Item key={id} disabled={id === person.department?.id} onClick={() => save({ department: id })}>
          {name}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item onClick={person.dismissedAt === null ? dismiss : () => save({ dismissed: false })}>
        {t(person.dismissedAt ? 'people.rehire' : 'people.dismiss')}
      </Menu.Item>
    </>
  );
}
