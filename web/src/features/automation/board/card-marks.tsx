import { Link2, ListFilter, TriangleAlert, Undo2, Unplug, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Card } from '../model/cards.ts';
import styles from './automation-card.module.css';
import { useBoardTexts } from './board-texts.tsx';
import type { CardWords } from './use-card-words.ts';

export interface CardCounts {
  readonly moves30?: number;
  readonly runs30?: number;
  readonly failed30?: number;
}

interface CardMarksProps {
  readonly card: Card;
  readonly words: CardWords;
  readonly counts: CardCounts | undefined;
}

/** Small signs below a card: condition, moves back, whom, chain, and what it did in 30 days. */
export function CardMarks({ card, words, counts }: CardMarksProps) {
  const t = useBoardTexts();
  const back = card.lane === 'trigger' && card.allowBack;
  const chained = card.lane === 'rule' && card.order === 'after previous';
  const done = counts?.moves30 ?? counts?.runs30 ?? 0;
  return (
    <span className={styles.marks}>
      {words.who !== '' && (
        <Mark
          title={t(card.lane === 'trigger' ? 'board.actsAs' : 'board.toWhom', { who: words.who })}
          icon={<UserRound size={12} />}
          text={words.who}
          long={words.who.length > 24}
        />
      )}
      {words.condition !== '' && (
        <Mark
          title={t('board.onlyIf', { condition: words.condition })}
          icon={<ListFilter size={12} />}
          text={words.condition}
          long
        />
      )}
      {words.unconnected && (
        <Mark title={t('controls.notConnected')} icon={<Unplug size={12} />} text={t('catalogue.notConnected')} />
      )}
      {back && <Mark title={t('board.movesBack')} icon={<Undo2 size={12} />} text={t('board.back')} />}
      {chained && <Mark title={t('board.afterPrevious')} icon={<Link2 size={12} />} text={t('board.chained')} />}
      {done > 0 && (
        <span
          className={styles.count}
          title={t(card.lane === 'trigger' ? 'board.moves30' : 'board.runs30', { count: done })}
        >
          {done}×
        </span>
      )}
      {(counts?.failed30 ?? 0) > 0 && <Failures count={counts?.failed30 ?? 0} />}
    </span>
  );
}

function Failures({ count }: { count: number }) {
  const t = useBoardTexts();
  return (
    <span className={styles.failed} title={t('board.failed30', { count })}>
      <TriangleAlert size={12} aria-hidden />
      {count}
    </span>
  );
}

function Mark({ title, icon, text, long }: { title: string; icon: ReactNode; text: string; long?: boolean }) {
  return (
    <span className={styles.mark} title={title}>
      {icon}
      <span className={long ? styles.markText : undefined}>{text}</span>
    </span>
  );
}
