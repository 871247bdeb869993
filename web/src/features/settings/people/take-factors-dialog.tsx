import { Button, Group, Stack, Text } from '@mantine/core';
import type { User } from '@signalbox/contract/people/users.ts';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { takeFactors } from '../../../api/workspace/second-factor.ts';
import { sayDone } from '../../../ui/notify.ts';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';

/** For somebody who has lost telephone, passkeys and recovery codes. */
export function TakeFactorsDialog({ person, close }: { readonly person: User; readonly close: () => void }) {
  const { t } = useTranslation('entrance');
  const { t: common } = useTranslation();
  const { name } = person;
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => takeFactors(person.id),
    onSuccess: () => {
      sayDone(t('take.done', { name }));
      close();
    },
  });
  return (
    <Dialog title={t('take.title', { name })} close={close}>
      <Stack gap="sm">
        <Text size="sm">{t('take.text')}</Text>
        <ErrorNote error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {common('common.cancel')}
          </Button>
          <Button color="red.8" loading={isPending} onClick={() => mutate()}>
            {t('factors.remove')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
