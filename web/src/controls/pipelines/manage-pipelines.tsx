import { Button, Group, VisuallyHidden } from '@mantine/core';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePipeline, usePipelines } from '../../api/automation/pipelines.ts';
import { useTypeNames } from '../../api/items/item-types.ts';
import { sayFailed } from '../../ui/notify.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { DeletePipeline } from './delete-pipeline.tsx';
import { PipelineRow } from './pipeline-row.tsx';
import styles from './pipelines.module.css';
import { useSortList } from './sortable.tsx';

interface ManagePipelinesProps {
  readonly type: string;
  /** The one on the screen behind. */
  readonly shown: number;
  readonly open: (pipeline: Pipeline) => void;
  readonly showStages: (id: number) => void;
  readonly add: () => void;
  readonly close: () => void;
}

/** The pipelines of a type: names, order, stages, deleting; each change is saved at once. */
export function ManagePipelines({ type, shown, open, showStages, add, close }: ManagePipelinesProps) {
  const { t } = useTranslation('pipelines');
  const names = useTypeNames();
  const pipelines = (usePipelines().data ?? []).filter((one) => one.type === type);
  const { mutate: change } = useChangePipeline();
  const [removing, setRemoving] = useState<Pipeline | null>(null);
  const [said, setSaid] = useState('');
  const place = (pipeline: Pipeline, at: number) => {
    if (at < 0 || at >= pipelines.length || pipelines[at] === pipeline) return;
    change({ id: pipeline.id, place: at }, { onError: sayFailed });
    setSaid(t('stages.moved', { stage: pipeline.name, place: at + 1, all: pipelines.length }));
  };
  const drop = (key: string, before: string | null) => {
    const moved = pipelines.find(({ id }) => String(id) === key);
    const others = pipelines.filter((one) => one !== moved);
    const at = others.findIndex(({ id }) => String(id) === before);
    if (moved) place(moved, at === -1 ? others.length : at);
  };
  const { list, before, sorting } = useSortList<HTMLUListElement>(drop);
  const gone = (pipeline: Pipeline) => {
    const next = pipelines.find(({ id }) => id !== pipeline.id);
    if (pipeline.id === shown && next) open(next);
  };
  return (
    <Dialog title={t('manage.title', { type: names.many(type) })} close={() => !removing && close()} size="lg">
      <ul ref={list} className={styles.rows}>
        {pipelines.map((pipeline, index) => (
          <PipelineRow
            key={pipeline.id}
            pipeline={pipeline}
            sorting={sorting}
            marked={before === String(pipeline.id)}
            removable={pipelines.length > 1}
            onStep={(by) => place(pipeline, index + by)}
            onStages={() => showStages(pipeline.id)}
            onRemove={() => setRemoving(pipeline)}
          />
        ))}
      </ul>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <Group justify="space-between" mt="sm">
        <Button variant="subtle" leftSection={<Plus size={15} />} onClick={add}>
          {t('menu.new')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('manage.done')}
        </Button>
      </Group>
      {removing && (
        <DeletePipeline pipeline={removing} onDeleted={() => gone(removing)} close={() => setRemoving(null)} />
      )}
    </Dialog>
  );
}
