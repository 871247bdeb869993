import { Button, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openElsewhere, whenConfirmed } from '../../api/workspace/confirmed-elsewhere.ts';
import { useSetup } from '../../api/workspace/setup.ts';

interface ConfirmElsewhereProps {
  readonly isOnlyWay: boolean;
  readonly confirmed: () => void;
}

/** At the operator's issuer, in a window of its own, so that nothing on this screen is lost. */
export function ConfirmElsewhere({ isOnlyWay, confirmed }: ConfirmElsewhereProps) {
  const { t } = useTranslation('entrance');
  const { data: setup } = useSetup();
  const [isBlocked, setBlocked] = useState(false);
  useEffect(() => whenConfirmed(confirmed), [confirmed]);
  if (setup?.oidc === undefined) return null;
  const { name } = setup.oidc;
  return (
    <>
      <Button
        variant={isOnlyWay ? 'filled' : 'subtle'}
        size={isOnlyWay ? undefined : 'compact-sm'}
        onClick={() => setBlocked(!openElsewhere())}
        data-autofocus={isOnlyWay || undefined}
      >
        {t('oidc.again', { name })}
      </Button>
      {isBlocked && (
        <Text size="sm" c="red" role="alert">
          {t('oidc.blocked', { name })}
        </Text>
      )}
    </>
  );
}
