import { ActionIcon, Button } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { type MouseEvent, useEffect, useRef, useState } from 'react';
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

/** Asks what of it can be taken back before anything is. The button goes with what was taken back: its entry has the focus then. */
export function UndoButton({ itemId, thing, facts, offered }: UndoButtonProps) {
  const { t } = useTranslation('automation');
  const [isAsked, setAsked] = useState(false);
  const entry = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (!offered && !isAsked && isNowhere()) entry.current?.focus({ preventScroll: true });
  }, [offered, isAsked]);
  const ask = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    entry.current = currentTarget.closest<HTMLElement>('[tabindex]');
    setAsked(true);
  };
  const isVisit = 'visit' in thing;
  const text = t(isVisit ? 'undo.visit' : 'undo.run');
  const named = { 'aria-label': `${text}: ${thing.name}`, title: text, onClick: ask };
  return (
    <>
      {offered && isVisit && (
        <Button size="compact-xs" variant="default" leftSection={<Undo2 size={12} aria-hidden />} {...named}>
          {t('undo.all')}
        </Button>
      )}
      {offered && !isVisit && (
        <ActionIcon size="sm" {...named}>
          <Undo2 size={14} aria-hidden />
        </ActionIcon>
      )}
      {isAsked && <UndoDialog itemId={itemId} thing={thing} facts={facts} onClose={() => setAsked(false)} />}
    </>
  );
}

const isNowhere = () => document.activeElement === null || document.activeElement === document.body;
