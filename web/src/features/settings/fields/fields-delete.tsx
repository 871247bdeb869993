import { Button, Group, Stack, Text } from '@mantine/core';
import type { Field } from '@signalbox/contract/fields.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fieldUseQuery, useDeleteField } from '../../../api/items/fields.ts';
import { DangerButton } from '../../../ui/danger-button.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';

/** Says what would miss the field before it goes. */
export function DeleteField({ field, close }: { field: Field; close: () => void }) {
  const { t } = useTranslation('fields');
  const { t: common } = useTranslation();
  const { data: use, error: unknown } = useQuery(fieldUseQuery(field));
  const { mutate: remove, error, isPending } = useDeleteField(field);
  return (
    <Dialog close={close} title={t('settings.deleteTitle', { name: field.name })}>
      <Stack gap="sm">
        <ErrorNote error={unknown ?? error} />
        {!use && !unknown && <Loading lines={2} />}
        {use && (
          <Text size="sm" fw={600}>
            {t('settings.filled', { count: use.records })}
          </Text>
        )}
        {use && use.pipelines.length > 0 && (
          <Text size="sm">{t('settings.usedIn', { pipelines: use.pipelines.join(', ') })}</Text>
        )}
        <Text size="sm">{t('settings.deleteText', { code: field.code })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {common('common.cancel')}
          </Button>
          <DangerButton loading={isPending} onClick={() => remove(undefined, { onSuccess: close })}>
            {common('common.delete')}
          </DangerButton>
        </Group>
      </Stack>
    </Dialog>
  );
}
