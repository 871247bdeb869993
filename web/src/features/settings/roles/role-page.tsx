import type { RoleRights } from '@signalbox/contract/people/rights.ts';
import type { Role } from '@signalbox/contract/people/roles.ts';
import { useSearch } from '@tanstack/react-router';
import { ArrowLeft, ShieldX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRoles } from '../../../api/workspace/roles.ts';
import { ButtonLink } from '../../../ui/button-link.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { NEW, type RoleDraft } from './kept-role.ts';
import { RoleForm } from './role-form.tsx';
import styles from './roles.module.css';

/** One role, or one that is being made: empty, or as a copy of `from`. */
export function RolePage({ named }: { readonly named: string }) {
  const { t } = useTranslation('rights');
  const { from } = useSearch({ strict: false });
  const { data: roles, error, refetch } = useRoles();
  const role = roles?.find(({ id }) => String(id) === named);
  const model = roles?.find(({ id }) => id === from);
  const begun = useBegun(model);
  return (
    <>
      <ButtonLink
        className={styles.back}
        size="compact-sm"
        variant="subtle"
        leftSection={<ArrowLeft size={15} />}
        to="/settings/$section"
        params={{ section: 'roles' }}
      >
        {t('roles.all')}
      </ButtonLink>
      <ErrorNote error={error} retry={() => void refetch()} />
      {!roles && !error && <Loading lines={8} />}
      {roles && named === NEW && <RoleForm existing={null} saved={begun} />}
      {role && (
        <RoleForm existing={role} saved={{ name: role.name, rights: role.rights, secondFactor: role.secondFactor }} />
      )}
      {roles && !role && named !== NEW && (
        <EmptyState icon={ShieldX} title={t('roles.gone')} text={t('roles.goneText')} />
      )}
    </>
  );
}

function useBegun(model: Role | undefined): RoleDraft {
  const { t } = useTranslation('rights');
  if (model === undefined) return { name: '', rights: nothing, secondFactor: false };
  return { name: t('roles.copyName', { name: model.name }), rights: model.rights, secondFactor: model.secondFactor };
}

const none = { read: 'none', add: 'none', change: 'none', delete: 'none', export: 'none' } as const;
const nothing: RoleRights = {
  items: { all: none, types: {}, pipelines: {} },
  clients: none,
  areas: { automation: false, people: false, mail: false, settings: false },
  fields: {},
};
