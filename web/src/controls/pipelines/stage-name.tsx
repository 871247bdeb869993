import { TextInput } from '@mantine/core';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './pipelines.module.css';
import { useSaveStageEdit } from './use-stage-edits.ts';

interface StageNameProps {
  readonly pipeline: Pipeline;
  readonly code: string;
  readonly name: string;
  /** Whether a key ended it: then the focus goes back to where it came from. */
  readonly close: (byKey: boolean) => void;
}

/** The name where it stands, ready to be typed over; Enter saves, Escape leaves it. */
export function StageName({ pipeline, code, name, close }: StageNameProps) {
  const { t } = useTranslation('pipelines');
  const [text, setText] = useState(name);
  const { mutate, isPending } = useSaveStageEdit(pipeline);
  const commit = (byKey: boolean) => {
    const wanted = text.trim();
    if (wanted === '' || wanted === name) return close(byKey);
    mutate({ do: 'change', key: code, to: { name: wanted } }, { onSettled: () => close(byKey) });
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Enter') commit(true);
    if (key === 'Escape') close(true);
  };
  return (
    <TextInput
      className={styles.rename}
      size="xs"
      aria-label={t('stages.name')}
      value={text}
      maxLength={200}
      disabled={isPending}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => !isPending && commit(false)}
      onFocus={({ currentTarget }) => currentTarget.select()}
      autoFocus
    />
  );
}
