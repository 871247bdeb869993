import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StageOption } from '../../../controls/form-facts.tsx';
import { StageSelect } from '../../../controls/settings/chooser-controls.tsx';
import { Dialog } from '../../../ui/panels/dialog.tsx';

interface LeftOutDialogProps {
  readonly leftOut: readonly StageOption[];
  readonly remaining: readonly StageOption[];
  readonly onDone: (moveTo: Readonly<Record<string, string>>) => void;
  readonly onClose: () => void;
}

/** A stage that has items can't be left out unless it is said where they go (semantics.md 8.3). */
export function LeftOutDialog({ leftOut, remaining, onDone, onClose }: LeftOutDialogProps) {
  const { t } = useTranslation('automation');
  const [moveTo, setMoveTo] = useState<Readonly<Record<string, string>>>({});
  return (
    <Dialog close={onClose} title={t('leftOut.title')}>
      <Stack gap="sm">
        <Text size="sm">{t('leftOut.text')}</Text>
        {leftOut.map(({ code, name }) => (
          <StageSelect
            key={code}
            label={t('leftOut.from', { stage: name })}
            stages={remaining}
            value={moveTo[code] ?? ''}
            onChange={(to) => setMoveTo({ ...moveTo, [code]: to })}
          />
        ))}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('copy.cancel')}
          </Button>
          <Button onClick={() => onDone(moveTo)} disabled={leftOut.some(({ code }) => moveTo[code] === undefined)}>
            {t('save.save')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
