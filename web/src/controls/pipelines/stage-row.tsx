import { ActionIcon, Select, TextInput } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ColorChoice } from './color-choice.tsx';
import styles from './pipelines.module.css';
import { SortHandle, type Sorting } from './sortable.tsx';
import type { DraftStage, StageEdit } from './stage-edits.ts';
import { useStageKinds } from './use-stage-kinds.ts';

interface StageRowProps {
  readonly stage: DraftStage;
  readonly items: number | undefined;
  readonly sorting: Sorting;
  /** Where the carried stage would land. */
  readonly marked: boolean;
  readonly removable: boolean;
  readonly apply: (edit: StageEdit) => void;
  readonly onStep: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

export function StageRow({ stage, items, sorting, marked, removable, apply, onStep, onRemove }: StageRowProps) {
  const { t } = useTranslation('pipelines');
  const { options, readKind } = useStageKinds();
  const change = (to: Partial<DraftStage>) => apply({ do: 'change', key: stage.key, to });
  return (
    <li
      className={styles.row}
      data-key={stage.key}
      data-marked={marked || undefined}
      data-carried={sorting.carried === stage.key || undefined}
    >
      <SortHandle
        sorting={sorting}
        rowKey={stage.key}
        label={t('stages.move', { stage: stage.name })}
        onStep={onStep}
      />
      <ColorChoice
        label={t('stages.colorOf', { stage: stage.name })}
        value={stage.color}
        onChange={(color) => change({ color })}
      />
      <TextInput
        className={styles.name}
        aria-label={t('stages.name')}
        value={stage.name}
        maxLength={200}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        error={stage.name.trim() === '' && t('stages.nameMissing')}
        data-new={stage.code === undefined || undefined}
      />
      <Select
        className={styles.kind}
        aria-label={t('stages.kindOf', { stage: stage.name })}
        data={options}
        value={stage.kind}
        allowDeselect={false}
        disabled={!removable && stage.kind === 'open'}
        onChange={(kind) => change({ kind: readKind(kind) })}
      />
      <span className={styles.items} title={t('stages.items')}>
        {items ?? 0}
      </span>
      <ActionIcon
        aria-label={t('stages.deleteOf', { stage: stage.name })}
        title={removable ? t('stages.delete') : t('stages.lastOpen')}
        disabled={!removable}
        onClick={onRemove}
      >
        <Trash2 size={16} />
      </ActionIcon>
    </li>
  );
}
