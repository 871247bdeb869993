import { Button, Group } from '@mantine/core';
import type { Task } from '@signalbox/contract/tasks.ts';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TaskPatch, useSaveTask } from '../../../api/tasks/task-commands.ts';
import { ReminderInput, useMinutesBefore } from '../../../controls/tasks/reminder-input.tsx';
import { RepeatInput, useRepeatWords } from '../../../controls/tasks/repeat-input.tsx';
import { ownEscape } from '../../../ui/panels/side-panel.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import { problemText } from '../../../ui/text/problem-text.ts';
import styles from './panel.module.css';

export function ReminderRow({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const { moment } = useFormat();
  const say = useMinutesBefore();
  const at = task.remindAt === null ? '' : ` (${moment(task.remindAt)})`;
  return (
    <SetRow
      task={task}
      code="reminder"
      shown={task.reminder === null ? null : say(task.reminder.minutes) + at}
      begin={task.reminder}
      patch={(reminder) => ({ reminder })}
      input={(value, onChange, error) => <ReminderInput value={value} onChange={onChange} error={error} />}
      note={task.deadline === null ? t('reminder.needsDeadline') : undefined}
    />
  );
}

export function RepeatRow({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const { date } = useFormat();
  const say = useRepeatWords();
  const next = task.repeatAt === null ? '' : ` (${t('repeat.next', { at: date(task.repeatAt) })})`;
  return (
    <SetRow
      task={task}
      code="repeat"
      shown={task.repeat === null ? null : say(task.repeat) + next}
      begin={task.repeat}
      patch={(repeat) => ({ repeat })}
      input={(value, onChange, error) => <RepeatInput value={value} onChange={onChange} error={error} />}
    />
  );
}

interface SetRowProps<T> {
  readonly task: Task;
  readonly code: 'reminder' | 'repeat';
  /** In words; null when it is not set. */
  readonly shown: string | null;
  readonly begin: T | null;
  readonly patch: (value: T | null) => TaskPatch;
  readonly input: (value: T | null, onChange: (value: T | null) => void, error: string | undefined) => ReactNode;
  readonly note?: string | undefined;
}

/** A setting of several parts, edited in its place and saved by its button. */
function SetRow<T>({ task, code, shown, begin, patch, input, note }: SetRowProps<T>) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const [draft, setDraft] = useState<{ readonly value: T | null } | null>(null);
  const { mutate, error, isPending, reset } = useSaveTask();
  const stop = () => {
    setDraft(null);
    reset();
  };
  const save = () => draft && mutate({ id: task.id, ...patch(draft.value) }, { onSuccess: stop });
  const words = shown ?? <span className={styles.small}>{common('common.notSet')}</span>;
  return (
    <div className={styles.setRow} data-editing={draft !== null || undefined}>
      <span className={styles.label}>{t(`fields.${code}`)}</span>
      {draft === null && !task.may.change && <span className={styles.fixed}>{words}</span>}
      {draft === null && task.may.change && (
        <button
          type="button"
          className={styles.value}
          aria-label={t('panel.edit', { field: t(`fields.${code}`) })}
          aria-describedby={`value-${code}`}
          onClick={() => setDraft({ value: begin })}
        >
          <span id={`value-${code}`}>{words}</span>
        </button>
      )}
      {draft !== null && (
        // biome-ignore lint/a11y/noStaticElementInteractions: only hears Escape from the inputs inside
        <div {...ownEscape} onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && stop()}>
          {input(draft.value, (value) => setDraft({ value }), error ? problemText(error, common) : undefined)}
          {note && <p className={styles.small}>{note}</p>}
          <Group gap={6} mt={6}>
            <Button size="compact-sm" loading={isPending} onClick={save}>
              {common('common.save')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={stop}>
              {common('common.cancel')}
            </Button>
          </Group>
        </div>
      )}
    </div>
  );
}
