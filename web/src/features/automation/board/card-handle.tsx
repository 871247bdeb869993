import { GripVertical } from 'lucide-react';
import { type Ref, type RefObject, useEffect } from 'react';
import { useScreen } from '../editing/screen.tsx';
import styles from './automation-card.module.css';
import { useBoardTexts } from './board-texts.tsx';

interface CardHandleProps {
  readonly ref: RefObject<HTMLButtonElement | null>;
  readonly uid: string;
  readonly name: string;
  readonly lifted: boolean;
}

/** Drags by mouse and touch; by keyboard Space lifts, arrows carry, Space drops, Escape puts back. */
export function CardHandle({ ref, uid, name, lifted }: CardHandleProps) {
  const t = useBoardTexts();
  const screen = useScreen();
  useEffect(() => {
    if (!lifted) return;
    ref.current?.focus({ preventScroll: true });
    ref.current?.closest('[data-uid]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  const press = (event: React.KeyboardEvent) => {
    const starts = event.key === ' ' || event.key === 'Enter';
    if (!lifted && starts) screen.lift(uid, event.ctrlKey || event.altKey);
    else if (!lifted || !screen.carry(uid, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const given: Ref<HTMLButtonElement> = ref;
  return (
    <button
      ref={given}
      type="button"
      data-handle
      className={styles.handle}
      aria-label={t('board.move', { name })}
      aria-pressed={lifted}
      title={t('board.dragHint')}
      onKeyDown={press}
    >
      <GripVertical size={14} />
    </button>
  );
}
