import { GripVertical } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './pipelines.module.css';

export interface Sorting {
  readonly list: { current: HTMLElement | null };
  readonly carried: string | null;
  readonly carry: (key: string | null, clientY?: number) => void;
  readonly drop: () => void;
}

/** A list whose rows (`data-key`) are put in order by their handles; `before` is where the carried one would land, null at the end. */
export function useSortList<List extends HTMLElement>(onMove: (key: string, before: string | null) => void) {
  const list = useRef<List>(null);
  const [carried, setCarried] = useState<string | null>(null);
  const [before, setBefore] = useState<string | null | undefined>(undefined);
  const carry = (key: string | null, clientY?: number) => {
    setCarried(key);
    if (key === null || clientY === undefined || list.current === null) return setBefore(undefined);
    scrollNear(list.current, clientY);
    setBefore(rowBelow(list.current, clientY));
  };
  const drop = () => {
    if (carried !== null && before !== undefined) onMove(carried, before);
    carry(null);
  };
  const sorting: Sorting = { list, carried, carry, drop };
  return { list, before, sorting };
}

interface SortHandleProps {
  readonly sorting: Sorting;
  readonly rowKey: string;
  readonly label: string;
  readonly onStep: (by: -1 | 1) => void;
}

const steps: Readonly<Record<string, -1 | 1>> = { ArrowUp: -1, ArrowDown: 1 };

/** Carries its row by mouse, finger or pen; the arrow keys move it by one, Escape lets it be. */
export function SortHandle({ sorting, rowKey, label, onStep }: SortHandleProps) {
  const { t } = useTranslation('pipelines');
  const handle = useRef<HTMLButtonElement>(null);
  const isCarried = sorting.carried === rowKey;
  const press = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    sorting.carry(rowKey);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isCarried && event.key === 'Escape') {
      event.stopPropagation();
      return sorting.carry(null);
    }
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onStep(by);
    // A row that is put elsewhere in the page loses the focus.
    requestAnimationFrame(() => handle.current?.focus());
  };
  return (
    <button
      ref={handle}
      type="button"
      className={styles.handle}
      aria-label={label}
      title={t('stages.moveHint')}
      onKeyDown={onKeyDown}
      onPointerDown={press}
      onPointerMove={({ clientY }) => isCarried && sorting.carry(rowKey, clientY)}
      onPointerUp={() => isCarried && sorting.drop()}
      onPointerCancel={() => sorting.carry(null)}
    >
      <GripVertical size={16} />
    </button>
  );
}

function rowBelow(list: HTMLElement, y: number): string | null {
  const below = [...list.querySelectorAll<HTMLElement>('[data-key]')].find((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  return below?.dataset.key ?? null;
}

const edgePx = 36;
const stepPx = 10;

function scrollNear(list: HTMLElement, y: number) {
  const { top, bottom } = list.getBoundingClientRect();
  if (y < top + edgePx) list.scrollBy({ top: -stepPx });
  if (y > bottom - edgePx) list.scrollBy({ top: stepPx });
}
