import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSetup } from '../../api/workspace/setup.ts';
import { localPath } from './local-path.ts';

/** Signing in at the operator's issuer (OIDC_ISSUER), where there is one; its pages are no part of this one. */
export function SignInElsewhere({ next }: { readonly next: string | undefined }) {
  const { t } = useTranslation('entrance');
  const { data: setup } = useSetup();
  if (setup?.oidc === undefined) return null;
  const { name, isUp } = setup.oidc;
  if (!isUp)
    return (
      <Text size="sm" c="dimmed">
        {t('oidc.down', { name })}
      </Text>
    );
  const href = `/api/v1/session/oidc?${new URLSearchParams({ next: localPath(next) })}`;
  return (
    <Button component="a" href={href} variant="default">
      {t('oidc.enter', { name })}
    </Button>
  );
}
