import { Button, Group, Textarea } from '@mantine/core';
import type { Task } from '@signalbox/contract/tasks.ts';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveTask } from '../../../api/tasks/task-commands.ts';
import { ownEscape } from '../../../ui/panels/side-panel.tsx';
import { fieldProblem, problemText } from '../../../ui/text/problem-text.ts';
import styles from './panel.module.css';

/** What is to be done, in one's own words; a click edits it, Ctrl+Enter saves. */
export function Description({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const { mutate: save, error, isPending, reset } = useSaveTask();
  const stop = () => {
    setDraft(null);
    reset();
  };
  const commit = () => {
    if (draft === null || draft === task.description) return stop();
    save({ id: task.id, description: draft }, { onSuccess: stop });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') stop();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) commit();
  };
  if (draft === null) {
    if (!task.may.change) return task.description === '' ? null : <p className={styles.words}>{task.description}</p>;
    return (
      <button
        type="button"
        className={styles.description}
        data-empty={task.description === '' || undefined}
        aria-label={task.description === '' ? undefined : t('panel.edit', { field: t('fields.description') })}
        aria-describedby={task.description === '' ? undefined : 'task-description'}
        onClick={() => setDraft(task.description)}
      >
        <span id="task-description">{task.description || t('panel.describe')}</span>
      </button>
    );
  }
  return (
    <div {...ownEscape} aria-busy={isPending}>
      <Textarea
        aria-label={t('fields.description')}
        autosize
        minRows={3}
        maxRows={18}
        maxLength={50_000}
        value={draft}
        autoFocus
        disabled={isPending}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        error={error && (fieldProblem(error, 'description', common) ?? problemText(error, common))}
      />
      <Group gap={6} mt={6}>
        <Button size="xs" loading={isPending} onClick={commit}>
          {common('common.save')}
        </Button>
        <Button size="xs" variant="default" onClick={stop}>
          {common('common.cancel')}
        </Button>
      </Group>
    </div>
  );
}
