import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import type { ItemTypeEntry } from '@signalbox/contract/item-types.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../../api/automation/pipelines.ts';
import { boardQuery } from '../../../api/items/board.ts';
import { useDeleteItemType } from '../../../api/items/item-types.ts';
import { Refusal } from '../../../api/transport/errors.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { DangerButton } from '../../../ui/danger-button.tsx';
import { sayDone } from '../../../ui/notify.ts';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';

/** Says what goes with it; while it has items, where they are. */
export function DeleteItemType({ type, close }: { type: ItemTypeEntry; close: () => void }) {
  const { t } = useTranslation(['itemTypes', 'translation']);
  const { mutate: remove, error, isPending } = useDeleteItemType();
  const hasItems = error instanceof Refusal && error.code === 'has-items';
  const done = () => {
    close();
    sayDone(t('gone', { name: type.plural }));
  };
  return (
    <Dialog close={close} title={t('remove', { name: type.plural })}>
      <Stack gap="sm">
        <Text size="sm">{t('removeText')}</Text>
        {hasItems ? <HasItems type={type} /> : <ErrorNote error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('common.cancel', { ns: 'translation' })}
          </Button>
          <DangerButton loading={isPending} disabled={hasItems} onClick={() => remove(type.code, { onSuccess: done })}>
            {t('removeDo')}
          </DangerButton>
        </Group>
      </Stack>
    </Dialog>
  );
}

function HasItems({ type }: { type: ItemTypeEntry }) {
  const { t } = useTranslation('itemTypes');
  const pipelines = (usePipelines().data ?? []).filter((one) => one.type === type.code);
  return (
    <Alert variant="outline" color="orange" role="alert">
      {t('hasItems', { name: type.plural })}
      <List size="sm">
        {pipelines.map(({ id, name }) => (
          <List.Item key={id}>
            <TextLink size="sm" to="/list/$type/$pipeline" params={{ type: type.code, pipeline: String(id) }}>
              {name}
            </TextLink>
            <ItemCount pipeline={id} />
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function ItemCount({ pipeline }: { pipeline: number }) {
  const { t } = useTranslation('itemTypes');
  const { data: board } = useQuery(boardQuery({ pipeline, q: '' }));
  return board && <>: {t('count', { count: board.columns.reduce((sum, { count }) => sum + count, 0) })}</>;
}
