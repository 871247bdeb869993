import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StageSelect } from '../../../controls/chooser-controls.tsx';
import { useFormFacts } from '../../../controls/form-facts.tsx';

interface CopyDialogProps {
  readonly how: 'copy' | 'move';
  readonly count: number;
  /** Preselected. */
  readonly stage: string;
  readonly onDone: (stage: string) => void;
  readonly onClose: () => void;
}

/** Asks for the stage; the card's own is chosen to begin with. */
export function CopyDialog({ how, count, stage, onDone, onClose }: CopyDialogProps) {
  const { t } = useTranslation('automation');
  const { stages } = useFormFacts();
  const [chosen, setChosen] = useState(stage);
  return (
    <Modal opened onClose={onClose} title={t(`copy.${how}`, { count })} size="sm">
      <Stack gap="md">
        <StageSelect label={t('copy.stage')} stages={stages} value={chosen} onChange={setChosen} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('copy.cancel')}
          </Button>
          <Button onClick={() => onDone(chosen)} data-autofocus>
            {t(`copy.${how}Button`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
