import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardAddress } from '../../../api/automation/automation.ts';
import { usePipelines } from '../../../api/automation/pipelines.ts';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { PipelineSelect } from '../editing/pipeline-select.tsx';
import type { Card } from '../model/cards.ts';
import type { Draft } from '../model/draft.ts';
import { type Places, placesOn } from '../model/sent-cards.ts';
import { Places as PlacesForm } from './places.tsx';
import { Unfit } from './unfit.tsx';
import type { Destination } from './use-destination.ts';
import { useUnfit } from './use-unfit.ts';

interface CopyDialogProps {
  readonly how: 'copy' | 'move';
  readonly address: BoardAddress;
  readonly draft: Draft;
  readonly cards: readonly Card[];
  readonly onDone: (destination: Destination) => void;
  readonly onClose: () => void;
}

/** Asks for the pipeline and the stage – the card's own are chosen to begin with – and says what will not fit there. */
export function CopyDialog({ how, address, draft, cards, onDone, onClose }: CopyDialogProps) {
  const { t } = useTranslation('automation');
  const { stages } = useFormFacts();
  const [pipelineId, setPipeline] = useState(String(address.pipeline));
  const [chosen, setChosen] = useState<Places>({});
  const pipeline = usePipelines().data?.find(({ id }) => String(id) === pipelineId) ?? null;
  const away = pipelineId === String(address.pipeline) ? null : pipeline;
  const from = stages.filter(({ code }) => cards.some(({ stage }) => stage === code));
  const there = away?.stages ?? stages;
  const places = { ...placesOn(from, there), ...chosen };
  const together = away === null;
  const unfit = useUnfit({ how, draft, cards, pipeline: away, places });
  return (
    <Dialog close={onClose} title={t(`copy.${how}`, { count: cards.length })}>
      <Stack gap="md">
        <PipelineSelect
          label={t('pipeline')}
          value={pipelineId}
          onChange={({ id }) => {
            setPipeline(String(id));
            setChosen({});
          }}
        />
        <PlacesForm from={from} there={there} places={places} together={together} onChange={setChosen} />
        <Unfit found={unfit} away={away !== null} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('copy.cancel')}
          </Button>
          <Button
            onClick={() => onDone({ pipeline: away, places, unfit: unfit.uids })}
            loading={unfit.looking}
            data-autofocus
          >
            {t(`copy.${how}Button`)}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
