import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { Task } from '@signalbox/contract/tasks.ts';
import { EllipsisVertical, Link2, Trash2, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveTask } from '../../../api/tasks/task-commands.ts';
import { actsOf, type TaskAct } from '../../../controls/tasks/task-acts.ts';
import { StatusBadge } from '../../../controls/tasks/task-line.tsx';
import { useTaskAct } from '../../../controls/tasks/use-task-act.tsx';
import { useCauseName } from '../../../controls/words/use-cause-name.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { sayDone } from '../../../ui/notify.ts';
import { ownEscape } from '../../../ui/panels/side-panel.tsx';
import { fieldProblem, problemText } from '../../../ui/text/problem-text.ts';
import styles from './panel.module.css';
import { useDeleteTask } from './use-delete-task.tsx';

export function TaskHead({ task, close }: { task: Task; close: () => void }) {
  const { t } = useTranslation('tasks');
  const nameOfCause = useCauseName();
  const clipboard = useClipboard();
  const remove = useDeleteTask();
  const copyLink = () => {
    clipboard.copy(`${location.origin}/tasks/${task.id}`);
    sayDone(t('common.copied', { ns: 'translation' }));
  };
  return (
    <header className={styles.head}>
      <div className={styles.headLine}>
        <span className={styles.kind}>
          {t(`kinds.${task.kind}`)} #{task.id}
        </span>
        <StatusBadge status={task.status} />
        {task.parent !== null && (
          <TextLink to="/tasks/$task" params={{ task: String(task.parent) }} search size="xs">
            {t('panel.toParent')}
          </TextLink>
        )}
        {task.rule !== null && (
          <span className={styles.small}>
            {t('timeline.byRule', { ns: 'translation', rule: nameOfCause({ rule: task.rule.name }) })}
          </span>
        )}
        <span className={styles.grow} />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('common.more', { ns: 'translation' })}>
              <EllipsisVertical size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Link2 size={15} />} onClick={copyLink}>
              {t('panel.copyLink')}
            </Menu.Item>
            {task.may.delete && (
              <Menu.Item
                leftSection={<Trash2 size={15} />}
                onClick={() => {
                  close();
                  remove(task);
                }}
              >
                {t('common.delete', { ns: 'translation' })}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
        <ActionIcon aria-label={t('common.close', { ns: 'translation' })} onClick={close}>
          <X size={18} />
        </ActionIcon>
      </div>
      <Title task={task} />
      <Acts task={task} />
    </header>
  );
}

const loud: ReadonlySet<TaskAct> = new Set(['complete', 'accept']);

function Acts({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const { act, busy } = useTaskAct();
  const acts = actsOf(task);
  if (acts.length === 0) return null;
  return (
    <div className={styles.acts}>
      {acts.map((one) => (
        <Button
          key={one}
          size="xs"
          variant={loud.has(one) ? 'filled' : 'default'}
          disabled={busy !== null}
          onClick={() => act(task, one)}
        >
          {t(`acts.${one}`)}
        </Button>
      ))}
    </div>
  );
}

function Title({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const { mutate: save, error, isPending, reset } = useSaveTask();
  const stop = () => {
    setDraft(null);
    reset();
  };
  const commit = () => {
    if (draft === null || draft.trim() === task.title) return stop();
    save({ id: task.id, title: draft }, { onSuccess: stop });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') stop();
  };
  if (draft !== null)
    return (
      <TextInput
        {...ownEscape}
        aria-busy={isPending}
        size="md"
        aria-label={t('fields.title')}
        value={draft}
        maxLength={500}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
        disabled={isPending}
        error={error && (fieldProblem(error, 'title', common) ?? problemText(error, common))}
        autoFocus
      />
    );
  return (
    <h1 className={styles.title} tabIndex={-1} data-autofocus data-done={task.status === 'completed' || undefined}>
      {task.may.change ? (
        <button type="button" title={t('panel.rename')} onClick={() => setDraft(task.title)}>
          {task.title}
        </button>
      ) : (
        <span className={styles.fixedTitle}>{task.title}</span>
      )}
    </h1>
  );
}
