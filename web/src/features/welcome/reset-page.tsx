import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { MailX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choosePassword, resetQuery } from '../../api/workspace/setup.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { fieldProblem } from '../../ui/text/problem-text.ts';
import { FrontPage } from './front-page.tsx';

/** Where the link of a forgotten password leads. */
export function ResetPage() {
  const { t } = useTranslation('entrance');
  const { token } = useParams({ from: '/reset/$token' });
  const { data, error } = useQuery(resetQuery(token));
  const again = (
    <ButtonLink to="/forgotten" variant="default" mt="xs">
      {t('forgotten.send')}
    </ButtonLink>
  );
  if (error)
    return <EmptyState icon={MailX} title={t('forgotten.invalid')} text={t('forgotten.invalidText')} action={again} />;
  return data ? <Choice token={token} email={data.email} /> : <Loading />;
}

function Choice({ token, email }: { readonly token: string; readonly email: string }) {
  const { t } = useTranslation('entrance');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const {
    mutate: choose,
    error,
    isPending,
  } = useMutation({
    mutationFn: () => choosePassword(token, password),
    onSuccess: () => navigate({ to: '/sign-in', replace: true }),
  });
  return (
    <FrontPage title={t('forgotten.title')} text={t('forgotten.endsOthers')} error={error} submit={() => choose()}>
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordInput
        label={common('account.new')}
        description={common('welcome.passwordHint')}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={fieldProblem(error, 'password', common)}
        autoComplete="new-password"
        autoFocus
        required
      />
      <Button type="submit" size="md" loading={isPending}>
        {t('forgotten.choose')}
      </Button>
    </FrontPage>
  );
}
