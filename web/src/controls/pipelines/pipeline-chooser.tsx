import { Select } from '@mantine/core';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { PipelineMenu } from './pipeline-menu.tsx';
import styles from './pipelines.module.css';

interface PipelineChooserProps {
  readonly type: string;
  readonly pipeline: number;
  readonly open: (pipeline: Pipeline) => void;
}

/** The pipelines of a type to choose from, and what can be done with them. */
export function PipelineChooser({ type, pipeline, open }: PipelineChooserProps) {
  const { t } = useTranslation();
  const ofType = (usePipelines().data ?? []).filter((one) => one.type === type);
  const choose = (id: string | null) => {
    const chosen = ofType.find((one) => String(one.id) === id);
    if (chosen) open(chosen);
  };
  return (
    <div className={styles.chooser}>
      {ofType.length > 1 && (
        <Select
          aria-label={t('board.pipeline')}
          className={styles.chosen}
          allowDeselect={false}
          data={ofType.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={String(pipeline)}
          onChange={choose}
        />
      )}
      <PipelineMenu type={type} pipeline={pipeline} open={open} />
    </div>
  );
}
