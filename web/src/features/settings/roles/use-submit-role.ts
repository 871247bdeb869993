import type { Role } from '@signalbox/contract/people/roles.ts';
import { useTranslation } from 'react-i18next';
import { useMakeRole, useSaveRole } from '../../../api/workspace/roles.ts';
import { sayDone } from '../../../ui/notify.ts';
import type { RoleDraft } from './kept-role.ts';

/** Makes the role, or saves what was changed of it: an untouched standard role keeps its name in every language. */
export function useSubmitRole(role: Role | null, saved: RoleDraft) {
  const { t } = useTranslation();
  const make = useMakeRole();
  const save = useSaveRole(role?.id ?? 0);
  const submit = ({ name, rights, secondFactor }: RoleDraft, after: (made: Role) => void) => {
    const onSuccess = (made: Role) => {
      sayDone(t('common.saved'));
      after(made);
    };
    const named = name.trim();
    if (role === null) return make.mutate({ name: named, rights, secondFactor }, { onSuccess });
    // Of that of administrators nothing else can be changed.
    if (role.administrator) return save.mutate({ secondFactor }, { onSuccess });
    save.mutate({ ...(named !== saved.name && { name: named }), rights, secondFactor }, { onSuccess });
  };
  return {
    submit,
    isPending: make.isPending || save.isPending,
    error: make.error ?? save.error,
    reset: () => {
      make.reset();
      save.reset();
    },
  };
}
