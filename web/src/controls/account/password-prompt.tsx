import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askPasswordBy } from '../../api/transport/confirm-password.ts';
import { meQuery } from '../../api/workspace/me.ts';
import { confirmByPasskey, confirmPassword } from '../../api/workspace/own-account.ts';
import { secondStepQuery } from '../../api/workspace/second-factor.ts';
import { sayFailed } from '../../ui/notify.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { fieldProblem, problemText } from '../../ui/text/problem-text.ts';
import { ConfirmElsewhere } from './confirm-elsewhere.tsx';

type Answer = (isConfirmed: boolean) => void;

/** Before something that matters, whoever has sat down at an open screen is asked for the password, or shows by another way who they are. */
export function PasswordPrompt() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => askPasswordBy(() => new Promise((resolve) => setAnswer(() => resolve))), []);
  if (answer === null) return null;
  const finish: Answer = (isConfirmed) => {
    setAnswer(null);
    answer(isConfirmed);
  };
  return <Question finish={finish} />;
}

function Question({ finish }: { finish: Answer }) {
  const { t } = useTranslation();
  // Unknown to whoever is half signed in.
  const email = useQueryClient().getQueryData(meQuery.queryKey)?.email ?? '';
  const { data: step } = useQuery(secondStepQuery);
  const [password, setPassword] = useState('');
  const {
    mutate: confirm,
    error,
    isPending,
  } = useMutation({
    mutationFn: () => confirmPassword({ password }),
    onSuccess: () => finish(true),
  });
  const prove = useMutation({ mutationFn: confirmByPasskey, onSuccess: () => finish(true), onError: sayFailed });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    confirm();
  };
  const hasPassword = step?.password !== false;
  return (
    <Dialog title={t(hasPassword ? 'account.confirm' : 'account.isItYou')} close={() => finish(false)}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{t(hasPassword ? 'account.confirmText' : 'account.isItYouText')}</Text>
          {hasPassword && (
            <>
              <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
              <PasswordInput
                label={t('welcome.password')}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                error={error && (fieldProblem(error, 'password', t) ?? problemText(error, t))}
                autoComplete="current-password"
                data-autofocus
                required
              />
            </>
          )}
          {step?.passkeys && (
            <Button
              variant={hasPassword ? 'subtle' : 'default'}
              size={hasPassword ? 'compact-sm' : undefined}
              loading={prove.isPending}
              onClick={() => prove.mutate()}
            >
              {t(hasPassword ? 'account.confirmPasskey' : 'account.usePasskey')}
            </Button>
          )}
          {step?.elsewhere && (
            <Suspense fallback={null}>
              <ConfirmElsewhere isOnlyWay={!hasPassword} confirmed={() => finish(true)} />
            </Suspense>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => finish(false)}>
              {t('common.cancel')}
            </Button>
            {hasPassword && (
              <Button type="submit" loading={isPending} disabled={password === ''}>
                {t('account.goOn')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
