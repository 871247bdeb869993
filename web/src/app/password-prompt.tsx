import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askPasswordBy } from '../api/transport/confirm-password.ts';
import { useMe } from '../api/workspace/me.ts';
import { confirmPassword } from '../api/workspace/own-account.ts';
import { Dialog } from '../ui/panels/dialog.tsx';
import { fieldProblem, problemText } from '../ui/text/problem-text.ts';

type Answer = (isConfirmed: boolean) => void;

/** Before something that matters, whoever has sat down at an open screen is asked for the password. */
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
  const { email } = useMe();
  const [password, setPassword] = useState('');
  const {
    mutate: confirm,
    error,
    isPending,
  } = useMutation({
    mutationFn: () => confirmPassword({ password }),
    onSuccess: () => finish(true),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm();
  };
  return (
    <Dialog title={t('account.confirm')} close={() => finish(false)}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{t('account.confirmText')}</Text>
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
          <Group justify="flex-end">
            <Button variant="default" onClick={() => finish(false)}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={password === ''}>
              {t('account.goOn')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
