import { memo, useRef } from 'react';
import { DefinitionIcon } from '../../../controls/icon.tsx';
import { useScreen } from '../editing/screen.tsx';
import type { Card } from '../model/cards.ts';
import styles from './automation-card.module.css';
import { useBoardTexts } from './board-texts.tsx';
import { CardActions } from './card-actions.tsx';
import { CardHandle } from './card-handle.tsx';
import { type CardCounts, CardMarks } from './card-marks.tsx';
import { useCardWords } from './use-card-words.ts';
import { useDraggable } from './use-draggable.ts';

interface AutomationCardProps {
  readonly card: Card;
  /** The cards beside it whose results it names. */
  readonly named: readonly Card[];
  readonly counts: CardCounts | undefined;
  readonly selected: boolean;
  readonly lifted: boolean;
  readonly wrong: boolean;
  /** Joined to the rule above it by a line. */
  readonly chained: boolean;
}

/** One trigger or rule on the board; drawn again only when something of its own changes. */
export const AutomationCard = memo(function AutomationCard({
  card,
  named,
  counts,
  selected,
  lifted,
  wrong,
  chained,
}: AutomationCardProps) {
  const t = useBoardTexts();
  const screen = useScreen();
  const words = useCardWords(card, named, t);
  const box = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  useDraggable({ box, handle, card });
  const press = (event: React.MouseEvent) => {
    if (!screen.readOnly && (event.shiftKey || event.ctrlKey || event.metaKey))
      screen.select(card.uid, event.shiftKey ? 'range' : 'toggle');
    else screen.openCard(card.uid);
  };
  const choose = (event: React.KeyboardEvent) => {
    if ((event.key !== ' ' && event.key !== 'Enter') || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    screen.select(card.uid, event.shiftKey ? 'range' : 'toggle');
  };
  return (
    <li
      ref={box}
      className={styles.card}
      data-uid={card.uid}
      data-fresh={card.fresh || undefined}
      data-off={!card.enabled || undefined}
      data-selected={selected || undefined}
      data-lifted={lifted || undefined}
      data-wrong={wrong || undefined}
      data-chained={chained || undefined}
    >
      {!screen.readOnly && <CardHandle ref={handle} uid={card.uid} name={words.name} lifted={lifted} />}
      <button type="button" className={styles.body} onClick={press} onKeyDown={choose} aria-haspopup="dialog">
        <span className={styles.head}>
          <span className={styles.icon}>
            <DefinitionIcon name={words.icon} size={16} />
          </span>
          <span className={styles.name}>{words.name}</span>
        </span>
        {card.fresh && <span className={styles.unset}>{t('board.notSetUp')}</span>}
        {words.when !== '' && <span className={styles.when}>{words.when}</span>}
        {words.line !== '' && <span className={styles.line}>{words.line}</span>}
        <CardMarks card={card} words={words} counts={counts} />
      </button>
      {!screen.readOnly && <CardActions card={card} name={words.name} />}
    </li>
  );
});
