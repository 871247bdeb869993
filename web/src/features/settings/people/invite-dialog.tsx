import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoles } from '../../../api/workspace/roles.ts';
import { useDepartments, useInvite } from '../../../api/workspace/users.ts';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { ShownOnce } from '../../../ui/panels/shown-once.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { fieldProblem, hasFieldProblems } from '../../../ui/text/problem-text.ts';

const nobody = { name: '', email: '', role: '', department: '' };

/** Invites a colleague; without system mail the link is for handing over. */
export function InviteDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { data: departments = [] } = useDepartments();
  const { mutate: invite, data: made, error, isPending } = useInvite();
  const [draft, setDraft] = useState(nobody);
  const roles = (useRoles().data ?? []).filter(({ giveable }) => giveable);
  const usual = roles.find(({ code }) => code === 'employee') ?? roles[0];
  const role = draft.role || String(usual?.id ?? '');
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { department, ...typed } = draft;
    const body = { ...typed, role: Number(role) };
    invite(department === '' ? body : { ...body, department: Number(department) });
  };

  return (
    <Dialog close={close} title={t('people.invite')}>
      {made ? (
        <ShownOnce text={t('people.inviteLink', { name: draft.name })} secret={made.url} close={close} />
      ) : (
        <form onSubmit={submit} noValidate>
          <Stack gap="sm">
            <ErrorNote error={hasFieldProblems(error) ? null : error} />
            <TextInput
              label={t('people.name')}
              value={draft.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
              error={fieldProblem(error, 'name', t)}
              data-autofocus
              required
            />
            <TextInput
              label={t('common.email')}
              inputMode="email"
              value={draft.email}
              onChange={(event) => set({ email: event.currentTarget.value })}
              error={fieldProblem(error, 'email', t)}
              required
            />
            <Select
              label={t('people.role')}
              data={roles.map(({ id, name }) => ({ value: String(id), label: name }))}
              value={role}
              onChange={(chosen) => set({ role: chosen ?? '' })}
              error={fieldProblem(error, 'role', t)}
              allowDeselect={false}
            />
            {departments.length > 0 && (
              <Select
                label={t('people.department')}
                data={departments.map(({ id, name }) => ({ value: String(id), label: name }))}
                value={draft.department || null}
                onChange={(department) => set({ department: department ?? '' })}
                clearable
              />
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={isPending}>
                {t('people.invite')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
