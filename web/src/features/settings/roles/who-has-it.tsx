import { Button } from '@mantine/core';
import type { Role } from '@signalbox/contract/people/roles.ts';
import { Eye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/workspace/me.ts';
import { useRoles } from '../../../api/workspace/roles.ts';
import { isWithin, seeAs } from '../../../api/workspace/see-as.ts';
import { useUsers } from '../../../api/workspace/users.ts';
import { sayFailed } from '../../../ui/notify.ts';
import { PersonFace } from '../../../ui/person-face.tsx';
import styles from './roles.module.css';

const MOST = 12;

/** The people with a role, and what the product looks like to one of them. */
export function WhoHasIt({ role }: { readonly role: Role }) {
  const { t } = useTranslation('rights');
  const { people } = role;
  const others = people.length - MOST;
  return (
    <div className={styles.who}>
      <span className={styles.whoTitle}>{t('roles.who')}</span>
      {people.length === 0 && <span className={styles.note}>{t('roles.nobody')}</span>}
      {people.slice(0, MOST).map((person) => (
        <span key={person.id} className={styles.person}>
          <PersonFace person={person} size={22} /> {person.name}
        </span>
      ))}
      {others > 0 && <span className={styles.note}>+ {t('roles.people', { count: others })}</span>}
      <Example role={role} />
    </div>
  );
}

/** Somebody who has this role and no other, if there is one: so it is the role that is seen. */
function Example({ role }: { readonly role: Role }) {
  const { t } = useTranslation('rights');
  const me = useMe();
  const { data: roles = [] } = useRoles();
  const { data: users = [] } = useUsers();
  if (!me.rights.areas.people) return null;
  const holders = users.filter(
    ({ id, dismissedAt, roles: held }) =>
      id !== me.id && dismissedAt === null && held.some((one) => one.id === role.id),
  );
  const seen = holders.filter((one) => isWithin(one, roles, 'seeable'));
  const example = seen.find(({ roles: held }) => held.length === 1) ?? seen[0];
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Eye size={15} />}
        disabled={example === undefined}
        onClick={() => example && void seeAs(example.id).catch(sayFailed)}
      >
        {example ? t('see.start', { name: example.name }) : t('see.example')}
      </Button>
      {example === undefined && (
        <span className={styles.note}>{holders.length === 0 ? t('see.noExample') : t('see.more')}</span>
      )}
    </>
  );
}
