import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { firstPlace, type PipelinePlace, PlaceSelect } from './pipeline-place.tsx';

interface MoveToPipelineProps {
  readonly type: string;
  /** Where they stand now: not to choose from. */
  readonly from: number;
  readonly count: number;
  readonly onMove: (place: PipelinePlace) => void;
  readonly close: () => void;
}

/** Asks to which other pipeline, and to which of its stages. */
export function MoveToPipeline({ type, from, count, onMove, close }: MoveToPipelineProps) {
  const { t } = useTranslation('pipelines');
  const { t: common } = useTranslation();
  const others = (usePipelines().data ?? []).filter((one) => one.type === type && one.id !== from);
  const [place, setPlace] = useState(() => firstPlace(others[0]));
  const move = () => {
    onMove(place);
    close();
  };
  return (
    <Dialog title={t('place.title', { count })} close={close}>
      <Stack gap="sm">
        <PlaceSelect pipelines={others} value={place} onChange={setPlace} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {common('common.cancel')}
          </Button>
          <Button onClick={move} data-autofocus>
            {t('place.move')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
