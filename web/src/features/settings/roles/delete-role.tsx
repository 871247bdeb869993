import { Button, Group, Stack } from '@mantine/core';
import type { Role } from '@signalbox/contract/people/roles.ts';
import { useTranslation } from 'react-i18next';
import { useDeleteRole } from '../../../api/workspace/roles.ts';
import { DangerButton } from '../../../ui/danger-button.tsx';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { keepDraft } from './kept-role.ts';

export function DeleteRole({ role, close }: { readonly role: Role; readonly close: () => void }) {
  const { t } = useTranslation(['rights', 'translation']);
  const { mutate, error, isPending } = useDeleteRole();
  const remove = () =>
    mutate(role.id, {
      onSuccess: () => {
        keepDraft(String(role.id), null);
        close();
      },
    });
  return (
    <Dialog close={close} title={t('roles.deleteTitle', { name: role.name })}>
      <Stack gap="sm">
        {t('roles.deleteText')}
        <ErrorNote error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('translation:common.cancel')}
          </Button>
          <DangerButton loading={isPending} onClick={remove}>
            {t('translation:common.delete')}
          </DangerButton>
        </Group>
      </Stack>
    </Dialog>
  );
}
