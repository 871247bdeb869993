import { ActionIcon } from '@mantine/core';
import type { BoardColumn } from '@signalbox/contract/board.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardPlace } from '../../api/items/board.ts';
import { useMay } from '../../api/workspace/may.ts';
import { StageTitle } from '../../controls/pipelines/stage-title.tsx';
import { readableOn } from '../../ui/color.ts';
import { useFormat } from '../../ui/text/format.ts';
import { Money } from '../../ui/text/money.tsx';
import styles from './board.module.css';
import { type CardHandling, CardList } from './card-list.tsx';
import { useDropColumn } from './dragging.ts';
import { QuickAdd } from './quick-add.tsx';
import type { CardMove } from './use-move-card.ts';

interface ColumnProps extends CardHandling {
  column: BoardColumn;
  place: BoardPlace;
  type: string;
  first: boolean;
  aimed: boolean;
  move: (move: CardMove) => void;
}

export function Column({ column, place, type, first, aimed, move, ...handling }: ColumnProps) {
  const { stage } = column;
  const { element, over } = useDropColumn(stage.code, move);
  const mayAdd = useMay().addItem({ type, pipeline: place.pipeline });
  const { adding: asked, add, stop } = useAdding(first);
  const adding = asked && mayAdd;

  return (
    <section
      ref={element}
      className={styles.column}
      data-stage={stage.code}
      data-over={over || aimed || undefined}
      aria-label={stage.name}
    >
      <ColumnHead column={column} pipeline={place.pipeline} add={mayAdd ? add : null} />
      {adding && <QuickAdd type={type} pipeline={place.pipeline} stage={stage.code} stop={stop} />}
      <CardList column={column} place={place} first={first} adding={adding} {...handling} />
    </section>
  );
}

interface ColumnHeadProps {
  column: BoardColumn;
  pipeline: number;
  /** Null: who may not add here. */
  add: (() => void) | null;
}

function ColumnHead({ column: { stage, count, sums }, pipeline, add }: ColumnHeadProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <header className={styles.columnHead}>
      <div className={styles.arrow} style={{ '--stage': stage.color, color: readableOn(stage.color) }}>
        <StageTitle pipeline={pipeline} code={stage.code} name={stage.name} className={styles.stageName}>
          <span className={styles.count}>{format.number(count)}</span>
        </StageTitle>
      </div>
      <div className={styles.sums}>
        <span className={styles.sum}>
          {sums.map(({ currency, amount }) => (
            <Money key={currency ?? ''} amount={amount} currency={currency} />
          ))}
        </span>
        {add && (
          <ActionIcon size="sm" aria-label={t('board.addTo', { stage: stage.name })} onClick={add}>
            <Plus size={16} />
          </ActionIcon>
        )}
      </div>
    </header>
  );
}

// The "+" of the top bar opens the first column's form through the address.
function useAdding(first: boolean) {
  const { add: asked } = useSearch({ from: '/signed-in/board/$type/$pipeline' });
  const navigate = useNavigate({ from: '/board/$type/$pipeline' });
  const [opened, setOpened] = useState(false);
  const stop = () => {
    setOpened(false);
    if (first && asked) void navigate({ search: (before) => ({ ...before, add: undefined }), replace: true });
  };
  return { adding: opened || (first && asked === true), add: () => setOpened(true), stop };
}
