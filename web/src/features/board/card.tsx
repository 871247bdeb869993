import type { Card } from '@signalbox/contract/board.ts';
import { Link, useParams } from '@tanstack/react-router';
import { Clock } from 'lucide-react';
import { type KeyboardEvent, lazy, memo, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonFace } from '../../ui/person-face.tsx';
import { Money } from '../../ui/text/money.tsx';
import { RelativeTime } from '../../ui/text/relative-time.tsx';
import styles from './card.module.css';
import { useDraggable } from './dragging.ts';

const MovedBy = lazy(() => import('./moved-by.tsx').then((module) => ({ default: module.MovedBy })));

interface BoardCardProps {
  card: Card;
  /** Whether the reader may move it. */
  movable: boolean;
  glowing: boolean;
  lifted: boolean;
  onKeyDown: (event: KeyboardEvent, card: Card) => void;
  letGo: () => void;
}

/** Drawn again only when something of its own changes. */
export const BoardCard = memo(function BoardCard({ card, movable, glowing, lifted, onKeyDown, letGo }: BoardCardProps) {
  const { type, pipeline } = useParams({ from: '/signed-in/board/$type/$pipeline' });
  const { element, dragged } = useDraggable(card, movable);
  return (
    <Link
      ref={element}
      to="/board/$type/$pipeline/items/$item"
      params={{ type, pipeline, item: String(card.id) }}
      search={({ q }) => ({ q })}
      className={styles.card}
      data-card={card.id}
      data-dragged={dragged || undefined}
      data-lifted={lifted || undefined}
      data-glowing={glowing || undefined}
      draggable={movable ? undefined : false}
      aria-describedby={movable ? 'board-keys' : undefined}
      onKeyDown={(event) => (movable || event.key !== ' ') && onKeyDown(event, card)}
      onBlur={lifted ? letGo : undefined}
    >
      <span className={styles.title}>{card.title}</span>
      <span className={styles.facts}>
        <strong>
          <Money amount={card.amount} currency={card.currency} />
        </strong>
        {card.client && <span className={styles.client}>{card.client.name}</span>}
      </span>
      <span className={styles.foot}>
        {card.responsible && <PersonFace person={card.responsible} size={20} />}
        <Activity card={card} />
        <WaitingRuns count={card.waitingRuns} />
      </span>
      {glowing && (
        <Suspense>
          <MovedBy movedBy={card.movedBy} />
        </Suspense>
      )}
    </Link>
  );
});

// Told by machines, in English: the reader's words instead.
const failures: Readonly<Record<string, 'board.ruleFailed' | `email.delivery.${'failed' | 'uncertain' | 'paused'}`>> = {
  'rule-failed': 'board.ruleFailed',
  'delivery-failed': 'email.delivery.failed',
  'delivery-uncertain': 'email.delivery.uncertain',
  'delivery-paused': 'email.delivery.paused',
};

function Activity({ card: { lastActivity, movedAt } }: { card: Card }) {
  const { t } = useTranslation();
  const failure = failures[lastActivity?.kind ?? ''];
  const text = failure === undefined ? lastActivity?.text : t(failure);
  return (
    <span className={styles.activity}>
      {text && <span className={styles.what}>{text}</span>}
      <RelativeTime at={lastActivity?.at ?? movedAt} />
    </span>
  );
}

function WaitingRuns({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <span className={styles.waiting} title={t('board.waiting', { count })}>
      <Clock size={13} aria-hidden />
      <span aria-hidden>{count}</span>
      <span className={styles.unseen}>{t('board.waiting', { count })}</span>
    </span>
  );
}
