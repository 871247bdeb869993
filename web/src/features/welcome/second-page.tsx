import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetKept } from '../../api/workspace/kept-in-browser.ts';
import { secondStepQuery } from '../../api/workspace/second-factor.ts';
import { signOut } from '../../api/workspace/setup.ts';
import { OwnPassword } from '../../controls/account/own-password.tsx';
import { PasswordPrompt } from '../../controls/account/password-prompt.tsx';
import { SecondFactor } from '../../controls/account/second-factor.tsx';
import { Loading } from '../../ui/loading.tsx';
import { FrontPage } from './front-page.tsx';
import { localPath } from './local-path.ts';
import { SecondForm } from './second-form.tsx';

/** What a session owes before it opens anything: the second factor, one to be set up, or a better password. */
export function SecondPage() {
  const { t } = useTranslation('entrance');
  const { data, error, refetch } = useQuery(secondStepQuery);
  const goOn = useGoOn();
  const owes = data?.owes;
  useEffect(() => {
    if (owes === null) void goOn();
  }, [owes, goOn]);
  const again = () => void refetch();
  if (data?.owes === 'second-factor') return <SecondForm step={data} done={again} leave={<Leave />} />;
  if (owes === 'set-up')
    return (
      <Owing title={t('setUp.title')} text={t('setUp.text')}>
        <SecondFactor done={again} />
      </Owing>
    );
  if (owes === 'password')
    return (
      <Owing title={t('newPassword.title')} text={t('newPassword.text')}>
        <OwnPassword done={again} />
      </Owing>
    );
  if (!error) return <Loading />;
  return (
    <FrontPage title={t('second.title')} error={error}>
      <Leave />
    </FrontPage>
  );
}

interface OwingProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Owing({ title, text, children }: OwingProps) {
  return (
    <FrontPage title={title} text={text} error={null}>
      {children}
      <Leave />
      <PasswordPrompt />
    </FrontPage>
  );
}

function useGoOn() {
  const { next } = useSearch({ from: '/second' });
  const navigate = useNavigate();
  const client = useQueryClient();
  return () => {
    client.clear();
    return navigate({ href: localPath(next), replace: true });
  };
}

function Leave() {
  const { t } = useTranslation('entrance');
  const navigate = useNavigate();
  const client = useQueryClient();
  const leave = async () => {
    await signOut();
    client.clear();
    forgetKept();
    await navigate({ to: '/sign-in' });
  };
  return (
    <Button variant="subtle" color="gray" size="compact-sm" onClick={() => void leave()}>
      {t('second.leave')}
    </Button>
  );
}
