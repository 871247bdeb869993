import { ActionIcon } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UndoDialog, type UndoneThing } from './undo-dialog.tsx';
import type { TabFacts } from './use-tab-facts.ts';

interface UndoButtonProps {
  readonly itemId: number;
  readonly thing: UndoneThing;
  readonly facts: TabFacts;
  /** Whether there is anything to take back; what is asked already stays open when somebody else was faster. */
  readonly offered: boolean;
}

/** Asks what of it can be taken back before anything is. */
export function UndoButton({ itemId, thing, facts, offered }: UndoButtonProps) {
  const { t } = useTranslation('automation');
  const [isAsked, setAsked] = useState(false);
  const text = t('visit' in thing ? 'undo.visit' : 'undo.run');
  return (
    <>
      {offered && (
        <ActionIcon size="sm" aria-label={`${text}: ${thing.name}`} title={text} onClick={() => setAsked(true)}>
          <Undo2 size={14} />
        </ActionIcon>
      )}
      {isAsked && <UndoDialog itemId={itemId} thing={thing} facts={facts} onClose={() => setAsked(false)} />}
    </>
  );
}
