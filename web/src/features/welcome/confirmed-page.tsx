import { Button } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { tellConfirmed } from '../../api/workspace/confirmed-elsewhere.ts';
import { FrontPage } from './front-page.tsx';

/** In the window that the password prompt opened: the issuer has said who it is, or that it is somebody else. */
export function ConfirmedPage() {
  const { t } = useTranslation('entrance');
  const { problem } = useSearch({ from: '/confirmed' });
  useEffect(() => {
    if (problem !== undefined) return;
    tellConfirmed();
    window.close();
  }, [problem]);
  return (
    <FrontPage
      title={t(problem ? 'confirmed.not' : 'confirmed.title')}
      text={t(problem ? `oidc.problems.${problem}` : 'confirmed.text')}
      error={null}
    >
      <Button onClick={() => window.close()}>{t('confirmed.close')}</Button>
    </FrontPage>
  );
}
