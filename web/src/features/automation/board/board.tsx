import { useDeferredValue, useMemo, useRef } from 'react';
import type { AutomationStats } from '../../../api/automation/automation.ts';
import type { StageOption } from '../../../controls/form-facts.tsx';
import { groupBy } from '../../../controls/group-by.ts';
import type { Card, Lane } from '../model/cards.ts';
import styles from './board.module.css';
import { BoardTextsProvider, useBoardTexts } from './board-texts.tsx';
import { LaneCell } from './lane-cell.tsx';
import { StageHeader } from './stage-header.tsx';

interface BoardProps {
  readonly stages: readonly StageOption[];
  readonly cards: readonly Card[];
  readonly stats: AutomationStats | undefined;
  readonly selected: ReadonlySet<string>;
  readonly lifted: string | null;
  readonly wrong: ReadonlySet<string>;
  readonly compact: boolean;
}

const lanes: readonly Lane[] = ['trigger', 'rule'];

/** Columns of stages with two lanes; headers and lane labels stay put while it scrolls. */
export function Board(props: BoardProps) {
  return (
    <BoardTextsProvider>
      <Columns {...props} />
    </BoardTextsProvider>
  );
}

function Columns({ stages, cards, stats, selected, lifted, wrong, compact }: BoardProps) {
  const t = useBoardTexts();
  const cells = useCells(cards);
  const drawn = stages.slice(0, useDrawn(stages.length, compact));
  return (
    <section className={styles.board} data-board data-compact={compact || undefined} aria-label={t('board.title')}>
      <div className={styles.headers}>
        {drawn.map(({ code, name, color }) => (
          <StageHeader key={code} code={code} name={name} color={color} items={stats?.stages[code]} />
        ))}
      </div>
      {lanes.map((lane) => (
        <section key={lane} className={styles.lane} data-lane={lane} aria-label={t(`board.lanes.${lane}`)}>
          <div className={styles.laneBar}>
            <span className={styles.laneName}>{t(`board.lanes.${lane}`)}</span>
          </div>
          <div className={styles.cells}>
            {drawn.map(({ code, name }) => (
              <LaneCell
                key={code}
                stage={code}
                stageName={name}
                lane={lane}
                cards={cells(code, lane)}
                stats={stats}
                selected={selected}
                lifted={lifted}
                wrong={wrong}
                compact={compact}
              />
            ))}
          </div>
        </section>
      ))}
    </section>
  );
}

const none: readonly Card[] = [];
const COLUMN_PX = 288;
const COMPACT_COLUMN_PX = 214;

/** How many columns there are when the board opens: those in sight; the others come right after these are seen. */
function useDrawn(all: number, compact: boolean): number {
  const inSight = Math.ceil(window.innerWidth / (compact ? COMPACT_COLUMN_PX : COLUMN_PX));
  return useDeferredValue(all, Math.min(all, inSight));
}

/** Each cell's list stays the same object while its own cards do, so that other cells are not drawn again. */
function useCells(cards: readonly Card[]): (stage: string, lane: Lane) => readonly Card[] {
  const before = useRef<ReadonlyMap<string, readonly Card[]>>(new Map());
  return useMemo(() => {
    const grouped = groupBy(cards, ({ stage, lane }) => `${lane}:${stage}`);
    const cells = new Map([...grouped].map(([name, list]) => [name, sameList(before.current.get(name), list)]));
    before.current = cells;
    return (stage, lane) => cells.get(`${lane}:${stage}`) ?? none;
  }, [cards]);
}

function sameList(before: readonly Card[] | undefined, now: readonly Card[]): readonly Card[] {
  const same = before?.length === now.length && before.every((card, at) => card === now[at]);
  return same ? before : now;
}
