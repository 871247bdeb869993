import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Task } from '@signalbox/contract/tasks.ts';
import { useTranslation } from 'react-i18next';
import { useSaveTask } from '../../api/tasks/task-commands.ts';
import { sayFailed } from '../../ui/notify.ts';
import { statusAfter, type TaskAct } from './task-acts.ts';

const UNDO_MS = 7000;

/** Does one thing with a task; what ends it tells so, and offers the way back. */
export function useTaskAct() {
  const { t } = useTranslation('tasks');
  const { mutate, isPending, variables } = useSaveTask();
  const act = (task: Task, wanted: TaskAct) => {
    const onSuccess = (saved: Task) => {
      if (wanted === 'complete' || wanted === 'accept') sayEnded(saved, task.status);
    };
    mutate({ id: task.id, status: statusAfter[wanted] }, { onSuccess, onError: sayFailed });
  };
  const sayEnded = (saved: Task, before: Task['status']) => {
    const isHandedIn = saved.status === 'supposedly-completed';
    const id = `task ${saved.id}`;
    const undo = () => {
      notifications.hide(id);
      mutate({ id: saved.id, status: before }, { onError: sayFailed });
    };
    notifications.show({
      id,
      autoClose: UNDO_MS,
      withCloseButton: false,
      message: (
        <Group justify="space-between" wrap="nowrap">
          {isHandedIn
            ? t('acts.handedIn', { name: saved.creator?.name ?? '' })
            : t('acts.completed', { title: saved.title })}
          <Button size="compact-sm" variant="default" onClick={undo}>
            {t('common.undo', { ns: 'translation' })}
          </Button>
        </Group>
      ),
    });
  };
  return { act, busy: isPending ? variables.id : null };
}
