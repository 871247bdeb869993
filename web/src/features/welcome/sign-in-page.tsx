import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../../api/transport/errors.ts';
import { signIn, useSetup } from '../../api/workspace/setup.ts';
import { fieldProblem, problemText } from '../../ui/text/problem-text.ts';
import { FrontPage } from './front-page.tsx';
import { localPath } from './local-path.ts';

export function SignInPage() {
  const { t } = useTranslation();
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data: setup } = useSetup();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');

  const enter = useMutation({
    mutationFn: () => signIn({ email, password }),
    onSuccess: () => {
      client.clear();
      return navigate({ href: localPath(next), replace: true });
    },
  });

  const { error } = enter;
  const wrong = error instanceof Refusal && error.code === 'wrong-password' ? error : null;

  return (
    <FrontPage
      title={t('signIn.title')}
      text={setup?.workspaceName}
      error={wrong ? null : enter.error}
      submit={() => enter.mutate()}
    >
      <TextInput
        label={t('common.email')}
        inputMode="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={fieldProblem(enter.error, 'email', t)}
        autoComplete="username"
        required
      />
      <PasswordInput
        label={t('welcome.password')}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={wrong ? problemText(wrong, t) : fieldProblem(enter.error, 'password', t)}
        autoComplete="current-password"
        required
      />
      <Button type="submit" size="md" loading={enter.isPending}>
        {t('signIn.enter')}
      </Button>
    </FrontPage>
  );
}
