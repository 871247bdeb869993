import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../../api/transport/errors.ts';
import { NoPasskey, passkeysWork, signInByPasskey } from '../../api/workspace/passkeys.ts';
import { signIn, useSetup } from '../../api/workspace/setup.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { fieldProblem, problemText } from '../../ui/text/problem-text.ts';
import { FrontPage } from './front-page.tsx';
import { localPath } from './local-path.ts';
import { SignInElsewhere } from './sign-in-elsewhere.tsx';

export function SignInPage() {
  const { t } = useTranslation();
  const { t: entrance } = useTranslation('entrance');
  const { next, problem } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data: setup } = useSetup();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');

  const onSuccess = () => {
    client.clear();
    return navigate({ href: localPath(next), replace: true });
  };
  const enter = useMutation({ mutationFn: () => signIn({ email, password }), onSuccess });
  const byPasskey = useMutation({ mutationFn: signInByPasskey, onSuccess });

  const failed = byPasskey.error instanceof NoPasskey;
  const { error } = enter;
  const wrong = error instanceof Refusal && error.code === 'wrong-password' ? error : null;

  return (
    <FrontPage
      title={t('signIn.title')}
      text={failed ? entrance('passkeyFailed') : problem ? entrance(`oidc.problems.${problem}`) : setup?.workspaceName}
      error={wrong ? null : (enter.error ?? (failed ? null : byPasskey.error))}
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
      {passkeysWork() && (
        <Button
          variant="default"
          leftSection={<KeyRound size={16} />}
          loading={byPasskey.isPending}
          onClick={() => byPasskey.mutate()}
        >
          {entrance('passkey')}
        </Button>
      )}
      <SignInElsewhere next={next} />
      {setup?.resets && (
        <ButtonLink to="/forgotten" variant="subtle" size="compact-sm">
          {entrance('forgotten.link')}
        </ButtonLink>
      )}
    </FrontPage>
  );
}
