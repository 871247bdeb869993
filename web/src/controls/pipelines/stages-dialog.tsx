import { Alert, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { statsQuery } from '../../api/automation/automation.ts';
import { Refusal } from '../../api/transport/errors.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { fieldText } from '../../ui/text/problem-text.ts';
import { DeleteStage } from './delete-stage.tsx';
import styles from './pipelines.module.css';
import { useSortList } from './sortable.tsx';
import { type DraftStage, mayRemove, newStage, stepOf } from './stage-edits.ts';
import { StageRow } from './stage-row.tsx';
import { useStageDraft } from './use-stage-edits.ts';

interface StagesDialogProps {
  readonly pipeline: Pipeline;
  readonly close: () => void;
}

/** All stages of a pipeline: order, names, colours, kinds; saved together. */
export function StagesDialog({ pipeline, close }: StagesDialogProps) {
  const { t } = useTranslation('pipelines');
  const { t: common } = useTranslation();
  const draft = useStageDraft(pipeline, close);
  const { before, stages, apply } = draft;
  const items = useQuery(statsQuery({ type: pipeline.type, pipeline: pipeline.id })).data?.stages;
  const [removing, setRemoving] = useState<DraftStage | null>(null);
  const [said, setSaid] = useState('');
  const move = (key: string, to: string | null) => apply({ do: 'move', key, before: to });
  const { list, before: mark, sorting } = useSortList<HTMLOListElement>(move);
  const step = (stage: DraftStage, by: -1 | 1) => {
    const edit = stepOf(stages, stage.key, by);
    if (edit === null) return;
    apply(edit);
    const place = stages.indexOf(stage) + by + 1;
    setSaid(t('stages.moved', { stage: stage.name, place, all: stages.length }));
  };
  const unnamed = stages.some(({ name }) => name.trim() === '');
  return (
    <Dialog title={t('stages.title', { pipeline: pipeline.name })} close={() => !removing && close()} size="lg">
      {draft.met && (
        <Alert color="yellow" mb="sm" role="alert">
          {t('stages.met')}
        </Alert>
      )}
      <ErrorNote error={draft.error} />
      <InTheWay error={draft.error} />
      <ol ref={list} className={styles.rows} aria-label={t('stages.title', { pipeline: pipeline.name })}>
        {stages.map((stage) => (
          <StageRow
            key={stage.key}
            stage={stage}
            items={items?.[stage.code ?? '']}
            sorting={sorting}
            marked={mark === stage.key}
            removable={mayRemove(stages, stage)}
            apply={apply}
            onStep={(by) => step(stage, by)}
            onRemove={() => (stage.code === undefined ? apply(removal(stage)) : setRemoving(stage))}
          />
        ))}
      </ol>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <Group justify="space-between" mt="sm" gap="xs">
        <Button
          variant="subtle"
          leftSection={<Plus size={15} />}
          onClick={() => apply({ do: 'add', stage: newStage(stages, t('stages.new')), before: null })}
        >
          {t('stages.add')}
        </Button>
        <Group gap="xs">
          <Button variant="default" onClick={close}>
            {common('common.cancel')}
          </Button>
          <Button loading={draft.saving} disabled={!draft.dirty || unnamed} onClick={draft.save}>
            {common('common.save')}
          </Button>
        </Group>
      </Group>
      <Text size="xs" c="dimmed" mt="xs">
        {t('stages.kindsNote')}
      </Text>
      {removing && (
        <DeleteStage
          pipeline={pipeline}
          stage={removing}
          others={stages.filter(({ key, code }) => key !== removing.key && before.some((one) => one.code === code))}
          later
          onDelete={apply}
          close={() => setRemoving(null)}
        />
      )}
    </Dialog>
  );
}

/** Which trigger or rule stands in the way, as the server says it. */
function InTheWay({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (!(error instanceof Refusal) || error.code !== 'automation-in-the-way') return null;
  return (
    <ul className={styles.plan}>
      {error.fields.map((field) => (
        <li key={field.path}>
          {field.params?.card}: {fieldText(field, t)}
        </li>
      ))}
    </ul>
  );
}

const removal = ({ key }: DraftStage) => ({ do: 'remove', key, moveTo: null, automation: 'delete' }) as const;
