import { Copy, Pencil, X } from 'lucide-react';
import { memo } from 'react';
import { useScreen } from '../editing/screen.tsx';
import type { Card } from '../model/cards.ts';
import styles from './automation-card.module.css';
import { useBoardTexts } from './board-texts.tsx';

/**
 * Edit, copy, delete, and the switch, which stays where it is when the others appear: what is aimed at it must not
 * delete. Plain elements: a board has hundreds of them.
 */
export const CardActions = memo(function CardActions({ card, name }: { card: Card; name: string }) {
  const t = useBoardTexts();
  const screen = useScreen();
  return (
    <span className={styles.actions}>
      <button
        type="button"
        className={styles.action}
        aria-label={t('board.edit', { name })}
        title={t('board.editShort')}
        onClick={() => screen.openCard(card.uid)}
      >
        <Pencil size={14} />
      </button>
      <button
        type="button"
        className={styles.action}
        aria-label={t('board.copy', { name })}
        title={t('board.copyShort')}
        onClick={() => screen.askCopy([card.uid])}
      >
        <Copy size={14} />
      </button>
      <button
        type="button"
        className={styles.action}
        aria-label={t('board.delete', { name })}
        title={t('board.deleteShort')}
        onClick={() => screen.apply({ do: 'remove', uids: [card.uid] })}
      >
        <X size={15} />
      </button>
      <input
        type="checkbox"
        role="switch"
        className={styles.switch}
        checked={card.enabled}
        aria-checked={card.enabled}
        aria-label={t('board.enabled', { name })}
        title={t(card.enabled ? 'board.turnOff' : 'board.turnOn')}
        onChange={(event) => screen.apply({ do: 'enable', uid: card.uid, enabled: event.currentTarget.checked })}
      />
    </span>
  );
});
