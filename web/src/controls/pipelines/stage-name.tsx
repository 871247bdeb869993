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
  readonly close: () => void;
}

/** The name where it stands, ready to be typed over; Enter saves, Escape leaves it. */
export function StageName({ pipeline, code, name, close }: StageNameProps) {
  const { t } = useTranslation('pipelines');
  const [text, setText] = useState(name);
  const { mutate, isPending } = useSaveStageEdit(pipeline);
  const commit = () => {
    const wanted = text.trim();
    if (wanted === '' || wanted === name) return close();
    mutate({ do: 'change', key: code, to: { name: wanted } }, { onSettled: close });
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Enter') commit();
    if (key === 'Escape') close();
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
      onBlur={commit}
      onFocus={({ currentTarget }) => currentTarget.select()}
      autoFocus
    />
  );
}
