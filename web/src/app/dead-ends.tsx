import { Button } from '@mantine/core';
import { CircleAlert, MapPinOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../ui/button-link.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { problemText } from '../ui/text/problem-text.ts';

export function Missing() {
  const { t } = useTranslation();
  const home = (
    <ButtonLink to="/" variant="default">
      {t('shell.crm')}
    </ButtonLink>
  );
  return <EmptyState icon={MapPinOff} title={t('problem.missing')} text="" action={home} />;
}

export function Crashed({ error, reset }: { error: Error; reset: () => void }) {
  const { t } = useTranslation();
  const again = (
    <Button variant="default" onClick={reset}>
      {t('common.tryAgain')}
    </Button>
  );
  return <EmptyState icon={CircleAlert} title={t('problem.crashed')} text={problemText(error, t)} action={again} />;
}
