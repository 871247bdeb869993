import type { BoardColumn, Card } from '@signalbox/contract/board.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Inbox } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BoardPlace, columnQuery } from '../../api/items/board.ts';
import { useMay } from '../../api/workspace/may.ts';
import { KeptApart } from '../../ui/kept-apart.tsx';
import styles from './board.module.css';
import { BoardCard } from './card.tsx';

export interface CardHandling {
  glowing: ReadonlySet<number>;
  lifted: number | null;
  onKeyDown: (event: KeyboardEvent, card: Card) => void;
  letGo: () => void;
}

interface CardListProps extends CardHandling {
  column: BoardColumn;
  place: BoardPlace;
  first: boolean;
  adding: boolean;
}

const guessedHeightPx = 104;
const loadAheadCards = 10;

/** The cards of a column: only those in sight are drawn, more are fetched as the end comes near. */
export function CardList({ column, place, first, adding, glowing, lifted, onKeyDown, letGo }: CardListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const may = useMay();
  const { type } = useParams({ from: '/signed-in/board/$type/$pipeline' });
  const { cards, more } = useCards(column, place);
  const list = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => guessedHeightPx,
    getItemKey: (index) => cards[index]?.id ?? index,
    overscan: 6,
  });
  const rows = list.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= cards.length - loadAheadCards) more();
  }, [last, cards.length, more]);

  return (
    <div ref={scroller} className={styles.cards}>
      {cards.length === 0 && first && !adding && <NoCards searching={place.q !== ''} />}
      <div style={{ height: list.getTotalSize(), position: 'relative' }}>
        {rows.map(({ index, key, start }) => {
          const card = cards[index];
          return (
            card && (
              <div
                key={key}
                ref={list.measureElement}
                data-index={index}
                className={styles.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                <KeptApart id={`${card.id} ${card.movedAt}`} as="div">
                  <BoardCard
                    card={card}
                    movable={may.item({ type, pipeline: place.pipeline, responsible: card.responsible }, 'change')}
                    glowing={glowing.has(card.id)}
                    lifted={lifted === card.id}
                    onKeyDown={onKeyDown}
                    letGo={letGo}
                  />
                </KeptApart>
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function useCards(column: BoardColumn, place: BoardPlace) {
  const [wanted, setWanted] = useState(false);
  const { nextCursor } = column;
  const below = useInfiniteQuery({
    ...columnQuery(place, column.stage.code, nextCursor),
    enabled: wanted && nextCursor !== null,
  });
  const shown = new Map<number, Card>();
  for (const card of column.items) shown.set(card.id, card);
  if (nextCursor !== null) {
    for (const card of (below.data?.pages ?? []).flatMap(({ data }) => data)) {
      if (!shown.has(card.id)) shown.set(card.id, card);
    }
  }
  const { fetchNextPage, hasNextPage, isFetching } = below;
  const more = () => {
    if (nextCursor === null) return;
    if (!wanted) return setWanted(true);
    if (hasNextPage && !isFetching) void fetchNextPage();
  };
  return { cards: [...shown.values()], more };
}

function NoCards({ searching }: { searching: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={styles.empty}>
      <Inbox size={24} strokeWidth={1.5} aria-hidden />
      <span>{searching ? t('common.nothingFound') : t('board.empty')}</span>
    </div>
  );
}
