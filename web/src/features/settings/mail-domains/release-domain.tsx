import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useReleaseDomain } from '../../../api/workspace/mail-domains.ts';
import { DangerButton } from '../../../ui/danger-button.tsx';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';

interface Releasing {
  readonly domain: string;
  readonly isClaimed: boolean;
  readonly close: () => void;
}

/** Asks once more: mail may stop coming in. */
export function ReleaseDomain({ domain, isClaimed, close }: Releasing) {
  const { t } = useTranslation('mailDomains');
  const { t: say } = useTranslation();
  const { mutate: release, error, isPending } = useReleaseDomain();
  return (
    <Dialog close={close} title={t(isClaimed ? 'releaseTitle' : 'giveUpTitle', { domain })}>
      <Stack gap="sm">
        <Text size="sm">{t(isClaimed ? 'releaseText' : 'giveUpText')}</Text>
        <ErrorNote error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {say('common.cancel')}
          </Button>
          <DangerButton loading={isPending} onClick={() => release(domain, { onSuccess: close })}>
            {t(isClaimed ? 'release' : 'giveUp')}
          </DangerButton>
        </Group>
      </Stack>
    </Dialog>
  );
}
