import { Button, Checkbox, Group, PasswordInput, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../../api/workspace/me.ts';

import { useChangePassword } from '../../api/workspace/own-account.ts';
import { sayDone } from '../../ui/notify.ts';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { fieldProblem, hasFieldProblems } from '../../ui/text/problem-text.ts';

const nothing = { current: '', password: '', revokeKeys: false };

/** A new password, which ends the other sessions, and the keys if one wishes. */
export function OwnPassword({ done }: { readonly done?: () => void }) {
  const { t } = useTranslation();
  const email = useQueryClient().getQueryData(meQuery.queryKey)?.email ?? '';
  const [draft, setDraft] = useState(nothing);
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const { mutate: change, error, isPending } = useChangePassword();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    change(draft, {
      onSuccess: ({ keys }) => {
        setDraft(nothing);
        done?.();
        sayDone(keys.length === 0 ? t('account.changed') : t('account.changedWithKeys', { count: keys.length }));
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={420}>
        <ErrorNote error={hasFieldProblems(error) ? null : error} />
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordInput
          label={t('account.current')}
          value={draft.current}
          onChange={(event) => set({ current: event.currentTarget.value })}
          error={fieldProblem(error, 'current', t)}
          autoComplete="current-password"
          required
        />
        <PasswordInput
          label={t('account.new')}
          description={t('welcome.passwordHint')}
          value={draft.password}
          onChange={(event) => set({ password: event.currentTarget.value })}
          error={fieldProblem(error, 'password', t)}
          autoComplete="new-password"
          required
        />
        <Checkbox
          label={t('account.revokeKeys')}
          description={t('account.revokeKeysHint')}
          checked={draft.revokeKeys}
          onChange={(event) => set({ revokeKeys: event.currentTarget.checked })}
        />
        <Group>
          <Button type="submit" loading={isPending} disabled={draft.current === '' || draft.password === ''}>
            {t('account.change')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
