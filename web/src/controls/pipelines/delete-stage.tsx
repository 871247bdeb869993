import { Alert, Button, Group, Radio, Select, Stack, Text } from '@mantine/core';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { automationQuery, statsQuery } from '../../api/automation/automation.ts';
import { DangerButton } from '../../ui/danger-button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import type { DraftStage, StageEdit } from './stage-edits.ts';

interface DeleteStageProps {
  readonly pipeline: Pipeline;
  readonly stage: DraftStage;
  readonly others: readonly DraftStage[];
  /** Deleted only when the other changes are saved too. */
  readonly later?: boolean;
  readonly onDelete: (edit: StageEdit) => void;
  readonly close: () => void;
}

/** Says what stands on the stage, and asks where it goes (semantics.md 8.3). */
export function DeleteStage({ pipeline, stage, others, later = false, onDelete, close }: DeleteStageProps) {
  const { t } = useTranslation('pipelines');
  const { t: common } = useTranslation();
  const address = { type: pipeline.type, pipeline: pipeline.id };
  const stats = useQuery({ ...statsQuery(address), staleTime: 0 });
  const board = useQuery({ ...automationQuery(address), staleTime: 0 });
  const [moveTo, setMoveTo] = useState(() => nearest(pipeline, stage, others));
  const [automation, setAutomation] = useState<'delete' | 'move'>('delete');
  const items = stats.data?.stages[stage.code ?? ''] ?? 0;
  const cards = [...(board.data?.triggers ?? []), ...(board.data?.rules ?? [])].filter(
    (card) => card.stage === stage.code,
  ).length;
  const asks = items > 0 || (cards > 0 && automation === 'move');
  const remove = () => {
    onDelete({ do: 'remove', key: stage.key, moveTo, automation });
    close();
  };
  return (
    <Dialog title={t('drop.title', { stage: stage.name })} close={close}>
      <ErrorNote error={stats.error ?? board.error} />
      {!stats.data || !board.data ? (
        <Loading lines={2} />
      ) : (
        <Stack gap="sm">
          <Text size="sm">{items > 0 ? t('drop.items', { count: items }) : t('drop.empty')}</Text>
          {cards > 0 && (
            <Radio.Group
              label={t('drop.automation', { count: cards })}
              value={automation}
              onChange={(value) => setAutomation(value === 'move' ? 'move' : 'delete')}
            >
              <Stack gap={6} mt={6}>
                <Radio value="delete" label={t('drop.automationDelete')} />
                <Radio value="move" label={t('drop.automationMove')} />
              </Stack>
            </Radio.Group>
          )}
          {asks && (
            <Select
              label={t('drop.moveTo')}
              data={others.map(({ key, name }) => ({ value: key, label: name }))}
              value={moveTo}
              onChange={setMoveTo}
              allowDeselect={false}
            />
          )}
          {items > 0 && <Alert color="blue">{t('drop.note')}</Alert>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {common('common.cancel')}
            </Button>
            <DangerButton disabled={asks && moveTo === null} onClick={remove}>
              {t(later ? 'drop.later' : 'drop.confirm')}
            </DangerButton>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

/** The one before it of its kind, else the first. */
function nearest({ stages }: Pipeline, { code, kind }: DraftStage, others: readonly DraftStage[]): string | null {
  const before = new Set(
    stages
      .slice(
        0,
        stages.findIndex((stage) => stage.code === code),
      )
      .map((stage) => stage.code),
  );
  const alike = others.filter((one) => one.kind === kind);
  const last = alike.findLast((one) => one.code !== undefined && before.has(one.code));
  return (last ?? alike[0])?.key ?? null;
}
