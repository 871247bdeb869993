import { Button, Group, SimpleGrid, Stack } from '@mantine/core';
import type { Task } from '@signalbox/contract/tasks.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddTask } from '../../api/tasks/task-commands.ts';
import { useMe } from '../../api/workspace/me.ts';
import { sayDone } from '../../ui/notify.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { fieldProblem, hasFieldProblems, problemText } from '../../ui/text/problem-text.ts';
import { FieldInput } from '../fields/field-input.tsx';
import { idsOf } from '../fields/values.ts';
import { ChecklistPart, type Draft, What, When, Who } from './new-task-parts.tsx';

interface NewTaskDialogProps {
  /** What is known already: what it belongs to, a title, a deadline. */
  readonly begin?: Begin;
  readonly close: () => void;
  readonly made?: (task: Task) => void;
}
type Begin = Partial<Pick<Draft, 'title' | 'kind' | 'item' | 'parent' | 'deadline' | 'responsible'>>;

/** A new task with all its fields. */
export function NewTaskDialog({ begin = {}, close, made }: NewTaskDialogProps) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const me = useMe();
  const [draft, setDraft] = useState(() => draftOf(begin, me.id));
  const { mutate: add, error, isPending } = useAddTask();
  const change = (to: Partial<Draft>) => setDraft((before) => ({ ...before, ...to }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Whoever opened the dialog may stand in a form of their own.
    event.stopPropagation();
    const onSuccess = (task: Task) => {
      sayDone(t('quick.created', { title: task.title }));
      made?.(task);
      close();
    };
    if (draft.title.trim() !== '') add(draft, { onSuccess });
  };
  const problem = (path: string) => fieldProblem(error, path, common);
  return (
    <Dialog title={t('quick.label')} close={close} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <What draft={draft} change={change} problem={problem} />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
            <Who draft={draft} change={change} problem={problem} />
            <When draft={draft} change={change} problem={problem} />
          </SimpleGrid>
          <ChecklistPart draft={draft} change={change} />
          <FieldInput
            field={{ kind: 'file', multiple: true }}
            value={draft.files}
            onChange={(files) => change({ files: idsOf(files) })}
            frame={{ label: t('fields.files'), error: problem('files') }}
          />
          {error && !hasFieldProblems(error) && <p role="alert">{problemText(error, common)}</p>}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common('common.cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={draft.title.trim() === ''}>
              {common('common.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function draftOf(begin: Begin, me: number): Draft {
  return {
    kind: begin.kind ?? 'task',
    title: begin.title ?? '',
    description: '',
    responsible: begin.responsible ?? me,
    observers: [],
    needsAcceptance: false,
    deadline: begin.deadline ?? null,
    item: begin.item ?? null,
    parent: begin.parent ?? null,
    checklist: [],
    files: [],
    reminder: null,
    repeat: null,
  };
}
