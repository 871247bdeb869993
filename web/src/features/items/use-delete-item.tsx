import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Item } from '@signalbox/contract/items.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deleteItem } from '../../api/items/items.ts';
import { sayFailed } from '../../ui/notify.ts';

const undoMs = 7000;

/** Deletes after a moment in which it can be undone; closing the page in that moment keeps the item. */
export function useDeleteItem() {
  const { t } = useTranslation();
  const client = useQueryClient();

  return (item: Item) => {
    let undone = false;
    const id = notifications.show({
      autoClose: undoMs,
      withCloseButton: false,
      message: (
        <Group justify="space-between">
          {t('item.deleted', { title: item.title })}
          <Button size="compact-sm" variant="default" onClick={() => undo()}>
            {t('common.undo')}
          </Button>
        </Group>
      ),
      onClose: () => {
        if (undone) return;
        deleteItem(item.id)
          .then(() => client.invalidateQueries())
          .catch(sayFailed);
      },
    });
    const undo = () => {
      undone = true;
      notifications.hide(id);
    };
  };
}
