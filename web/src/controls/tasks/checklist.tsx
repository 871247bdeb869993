import { ActionIcon, Button, Checkbox, Group, TextInput, VisuallyHidden } from '@mantine/core';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDragSource, useDropPlace } from '../../ui/hooks/use-drag.ts';
import { ownEscape } from '../../ui/panels/side-panel.tsx';
import styles from './checklist.module.css';
import { type Checklist, type ChecklistChange, stepAdded, stepChanged, stepMoved, stepRemoved } from './checklists.ts';

interface ChecklistEditorProps {
  readonly steps: Checklist;
  readonly change: (change: ChecklistChange) => void;
  readonly readOnly?: boolean;
}

/** Steps to tick, in an order of one's own: by mouse, or Alt with the arrow keys. */
export function ChecklistEditor({ steps, change, readOnly = false }: ChecklistEditorProps) {
  const { t } = useTranslation('tasks');
  const [said, setSaid] = useState('');
  const move = (place: number, to: number) => {
    const step = steps[place];
    if (step === undefined || to < 0 || to >= steps.length) return;
    change(stepMoved({ ...step, place }, to));
    setSaid(t('checklist.moved', { text: step.text, place: to + 1 }));
  };
  return (
    <>
      <ol className={styles.steps} aria-label={t('fields.checklist')}>
        {steps.map((step, place) => (
          <Step
            // biome-ignore lint/suspicious/noArrayIndexKey: two steps may say the same
            key={`${place} ${step.text}`}
            step={{ ...step, place }}
            change={change}
            move={move}
            isLast={place === steps.length - 1}
            readOnly={readOnly}
          />
        ))}
      </ol>
      {!readOnly && <AddStep add={(text) => change(stepAdded(text))} />}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}

interface StepProps extends Pick<ChecklistEditorProps, 'change'> {
  readonly step: Checklist[number] & { readonly place: number };
  readonly move: (place: number, to: number) => void;
  readonly isLast: boolean;
  readonly readOnly: boolean;
}

function Step({ step, change, move, isLast, readOnly }: StepProps) {
  const { t } = useTranslation('tasks');
  const { text, place } = step;
  const row = useRef<HTMLLIElement>(null);
  const dragged = useDragSource(row, { kind: 'step', id: place }, { enabled: !readOnly });
  const over = useDropPlace(row, 'step', (from) => from !== place && move(from, place));
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (by === undefined || readOnly) return;
    event.preventDefault();
    move(place, place + by);
  };
  return (
    <li
      ref={row}
      className={styles.step}
      data-dragged={dragged || undefined}
      data-over={over || undefined}
      onKeyDown={onKeyDown}
    >
      <Checkbox
        size="xs"
        aria-label={text}
        checked={step.done}
        disabled={readOnly}
        onChange={(event) => change(stepChanged(step, { done: event.currentTarget.checked }))}
      />
      <StepText step={step} readOnly={readOnly} rename={(next) => change(stepChanged(step, { text: next }))} />
      {!readOnly && (
        <span className={styles.tools}>
          <ActionIcon
            size="xs"
            aria-label={t('checklist.up', { text })}
            disabled={place === 0}
            onClick={() => move(place, place - 1)}
          >
            <ArrowUp size={13} />
          </ActionIcon>
          <ActionIcon
            size="xs"
            aria-label={t('checklist.down', { text })}
            disabled={isLast}
            onClick={() => move(place, place + 1)}
          >
            <ArrowDown size={13} />
          </ActionIcon>
          <ActionIcon size="xs" aria-label={t('checklist.remove', { text })} onClick={() => change(stepRemoved(step))}>
            <X size={13} />
          </ActionIcon>
        </span>
      )}
    </li>
  );
}

interface StepTextProps extends Pick<StepProps, 'step' | 'readOnly'> {
  readonly rename: (text: string) => void;
}

function StepText({ step: { text, done, place }, readOnly, rename }: StepTextProps) {
  const { t } = useTranslation('tasks');
  const [draft, setDraft] = useState<string | null>(null);
  const stop = () => {
    const wanted = draft?.trim() ?? '';
    setDraft(null);
    if (wanted !== '' && wanted !== text) rename(wanted);
  };
  if (readOnly)
    return (
      <span className={styles.text} data-done={done || undefined}>
        {text}
      </span>
    );
  if (draft === null)
    return (
      <button type="button" className={styles.text} data-done={done || undefined} onClick={() => setDraft(text)}>
        {text}
      </button>
    );
  return (
    <TextInput
      {...ownEscape}
      size="xs"
      flex={1}
      aria-label={t('checklist.edit', { place: place + 1 })}
      value={draft}
      maxLength={500}
      autoFocus
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={stop}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setDraft(null);
        if (event.key !== 'Enter') return;
        event.preventDefault();
        stop();
      }}
    />
  );
}

function AddStep({ add }: { add: (text: string) => void }) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const [text, setText] = useState('');
  const send = () => {
    if (text.trim() === '') return;
    add(text.trim());
    setText('');
  };
  return (
    <Group gap={6} wrap="nowrap">
      <TextInput
        size="xs"
        flex={1}
        aria-label={t('checklist.add')}
        placeholder={t('checklist.add')}
        value={text}
        maxLength={500}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // Within a form it would send the form.
          event.preventDefault();
          send();
        }}
      />
      {text.trim() !== '' && (
        <Button size="compact-sm" variant="default" onClick={send}>
          {common('common.add')}
        </Button>
      )}
    </Group>
  );
}
