import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Task } from '@signalbox/contract/tasks.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deleteTask } from '../../../api/tasks/task-commands.ts';
import { sayFailed } from '../../../ui/notify.ts';

const UNDO_MS = 7000;

/** Deletes after a moment in which it can be undone; closing the page in that moment keeps the task. */
export function useDeleteTask() {
  const { t } = useTranslation('tasks');
  const client = useQueryClient();
  return (task: Pick<Task, 'id' | 'title'>) => {
    let undone = false;
    const id = notifications.show({
      autoClose: UNDO_MS,
      withCloseButton: false,
      message: (
        <Group justify="space-between">
          {t('panel.deleted', { title: task.title })}
          <Button size="compact-sm" variant="default" onClick={() => undo()}>
            {t('common.undo', { ns: 'translation' })}
          </Button>
        </Group>
      ),
      onClose: () => {
        if (undone) return;
        deleteTask(task.id)
          .then(() => client.invalidateQueries({ queryKey: ['tasks'] }))
          .catch(sayFailed);
      },
    });
    const undo = () => {
      undone = true;
      notifications.hide(id);
    };
  };
}
