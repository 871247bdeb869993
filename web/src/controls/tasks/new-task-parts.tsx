import { Checkbox, Input, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { type Task, taskKind, taskKinds } from '@signalbox/contract/tasks.ts';
import { useTranslation } from 'react-i18next';
import { MomentField } from '../../ui/inputs/moment-field.tsx';
import { FieldInput } from '../fields/field-input.tsx';
import { idsOf } from '../fields/values.ts';
import { ChecklistEditor } from './checklist.tsx';
import type { Checklist } from './checklists.ts';
import { ReminderInput } from './reminder-input.tsx';
import { RepeatInput } from './repeat-input.tsx';

/** A task that is not there yet. */
export interface Draft {
  readonly kind: Task['kind'];
  readonly title: string;
  readonly description: string;
  readonly responsible: number | null;
  readonly observers: number[];
  readonly needsAcceptance: boolean;
  readonly deadline: string | null;
  readonly item: number | null;
  readonly parent: number | null;
  readonly checklist: Checklist;
  readonly files: number[];
  readonly reminder: Task['reminder'];
  readonly repeat: Task['repeat'];
}

interface PartProps {
  readonly draft: Draft;
  readonly change: (to: Partial<Draft>) => void;
  /** What the server says of a field. */
  readonly problem: (path: string) => string | undefined;
}

export function What({ draft, change, problem }: PartProps) {
  const { t } = useTranslation('tasks');
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('fields.kind')}
        data={taskKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
        value={draft.kind}
        onChange={(kind) => change({ kind: taskKind.parse(kind) })}
      />
      <TextInput
        label={t('fields.title')}
        value={draft.title}
        maxLength={500}
        data-autofocus
        onChange={(event) => change({ title: event.currentTarget.value })}
        error={problem('title')}
      />
      <Textarea
        label={t('fields.description')}
        autosize
        minRows={2}
        maxRows={10}
        value={draft.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
        error={problem('description')}
      />
    </>
  );
}

export function Who({ draft, change, problem }: PartProps) {
  const { t } = useTranslation('tasks');
  return (
    <>
      <FieldInput
        field={{ kind: 'person' }}
        value={draft.responsible}
        onChange={(next) => change({ responsible: typeof next === 'number' ? next : null })}
        frame={{ label: t('fields.responsible'), error: problem('responsible') }}
      />
      <FieldInput
        field={{ kind: 'person', multiple: true }}
        value={draft.observers}
        onChange={(next) => change({ observers: idsOf(next) })}
        frame={{ label: t('fields.observers'), error: problem('observers') }}
      />
      <FieldInput
        field={{ kind: 'item' }}
        value={draft.item}
        onChange={(next) => change({ item: typeof next === 'number' ? next : null })}
        frame={{ label: t('fields.item'), error: problem('item') }}
      />
      <Checkbox
        mt={{ base: 0, xs: 28 }}
        label={t('fields.needsAcceptance')}
        checked={draft.needsAcceptance}
        onChange={(event) => change({ needsAcceptance: event.currentTarget.checked })}
      />
    </>
  );
}

export function When({ draft, change, problem }: PartProps) {
  const { t } = useTranslation('tasks');
  return (
    <>
      <MomentField
        label={t('fields.deadline')}
        value={draft.deadline}
        onChange={(deadline) => change({ deadline })}
        error={problem('deadline')}
      />
      <ReminderInput
        label={t('fields.reminder')}
        value={draft.reminder}
        onChange={(reminder) => change({ reminder })}
        error={problem('reminder')}
      />
      <RepeatInput
        label={t('fields.repeat')}
        value={draft.repeat}
        onChange={(repeat) => change({ repeat })}
        error={problem('repeat')}
      />
    </>
  );
}

export function ChecklistPart({ draft, change }: Pick<PartProps, 'draft' | 'change'>) {
  const { t } = useTranslation('tasks');
  return (
    <Input.Wrapper label={t('fields.checklist')} labelElement="div">
      <ChecklistEditor steps={draft.checklist} change={(next) => change({ checklist: next(draft.checklist) })} />
    </Input.Wrapper>
  );
}
