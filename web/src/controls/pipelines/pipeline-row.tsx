import { ActionIcon, Button, TextInput } from '@mantine/core';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePipeline } from '../../api/automation/pipelines.ts';
import { fieldProblem, problemText } from '../../ui/text/problem-text.ts';
import styles from './pipelines.module.css';
import { SortHandle, type Sorting } from './sortable.tsx';

interface PipelineRowProps {
  readonly pipeline: Pipeline;
  readonly sorting: Sorting;
  readonly marked: boolean;
  readonly removable: boolean;
  readonly onStep: (by: -1 | 1) => void;
  readonly onStages: () => void;
  readonly onRemove: () => void;
}

export function PipelineRow({ pipeline, sorting, marked, removable, onStep, onStages, onRemove }: PipelineRowProps) {
  const { t } = useTranslation('pipelines');
  const { id, name } = pipeline;
  return (
    <li
      className={styles.row}
      data-key={id}
      data-marked={marked || undefined}
      data-carried={sorting.carried === String(id) || undefined}
    >
      <SortHandle sorting={sorting} rowKey={String(id)} label={t('stages.move', { stage: name })} onStep={onStep} />
      <PipelineName key={name} id={id} name={name} />
      <Button size="compact-sm" variant="default" onClick={onStages} aria-label={t('manage.stagesOf', { name })}>
        {t('manage.stages', { count: pipeline.stages.length })}
      </Button>
      <ActionIcon
        aria-label={t('stages.deleteOf', { stage: name })}
        title={removable ? t('stages.delete') : t('manage.last')}
        disabled={!removable}
        onClick={onRemove}
      >
        <Trash2 size={16} />
      </ActionIcon>
    </li>
  );
}

/** Saved by Enter, or when it is left. */
function PipelineName({ id, name }: { id: number; name: string }) {
  const { t } = useTranslation('pipelines');
  const { t: common } = useTranslation();
  const [text, setText] = useState(name);
  const { mutate, error, reset } = useChangePipeline();
  const commit = () => {
    const wanted = text.trim();
    if (wanted === name) return reset();
    if (wanted !== '') mutate({ id, name: wanted });
  };
  const problem = error && (fieldProblem(error, 'name', common) ?? problemText(error, common));
  return (
    <TextInput
      className={styles.name}
      aria-label={t('manage.name')}
      value={text}
      maxLength={200}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={commit}
      onKeyDown={({ key }) => key === 'Enter' && commit()}
      error={text.trim() === '' ? t('stages.nameMissing') : problem}
    />
  );
}
