import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { automationQuery, statsQuery } from '../../api/automation/automation.ts';
import { dropPipeline, usePipelines, useRefreshStages } from '../../api/automation/pipelines.ts';
import { DangerButton } from '../../ui/danger-button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { firstPlace, PlaceSelect } from './pipeline-place.tsx';

interface DeletePipelineProps {
  readonly pipeline: Pipeline;
  readonly onDeleted: () => void;
  readonly close: () => void;
}

/** Says what goes with it, and asks where its items go. */
export function DeletePipeline({ pipeline, onDeleted, close }: DeletePipelineProps) {
  const { t } = useTranslation('pipelines');
  const { t: common } = useTranslation();
  const address = { type: pipeline.type, pipeline: pipeline.id };
  const stats = useQuery({ ...statsQuery(address), staleTime: 0 });
  const board = useQuery({ ...automationQuery(address), staleTime: 0 });
  const others = (usePipelines().data ?? []).filter(({ type, id }) => type === pipeline.type && id !== pipeline.id);
  const [place, setPlace] = useState(() => firstPlace(others[0]));
  const refresh = useRefreshStages();
  const items = Object.values(stats.data?.stages ?? {}).reduce((sum, count) => sum + count, 0);
  const cards = (board.data?.triggers.length ?? 0) + (board.data?.rules.length ?? 0);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => dropPipeline({ id: pipeline.id, to: items > 0 ? place : null }),
    onSuccess: () => {
      onDeleted();
      close();
    },
    onSettled: refresh,
  });
  return (
    <Dialog title={t('dropPipeline.title', { name: pipeline.name })} close={close}>
      <ErrorNote error={error ?? stats.error ?? board.error} />
      {!stats.data || !board.data ? (
        <Loading lines={2} />
      ) : (
        <Stack gap="sm">
          <Text size="sm">
            {items > 0 ? t('dropPipeline.items', { count: items }) : t('dropPipeline.empty')}{' '}
            {cards > 0 && t('dropPipeline.automation', { count: cards })}
          </Text>
          {items > 0 && <PlaceSelect pipelines={others} value={place} onChange={setPlace} />}
          {items > 0 && <Alert color="blue">{t('drop.note')}</Alert>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {common('common.cancel')}
            </Button>
            <DangerButton loading={isPending} onClick={() => mutate()}>
              {t('dropPipeline.confirm')}
            </DangerButton>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
