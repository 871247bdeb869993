import styles from './touch.module.css';

export interface TouchPlace {
  readonly cell: HTMLElement;
  readonly stage: string;
  /** The uid of the card before which it lands; null: at the end. */
  readonly before: string | null;
}

export interface Ghost {
  readonly follow: (at: { readonly x: number; readonly y: number }, place: TouchPlace | null) => void;
  readonly remove: () => void;
}

const BUZZ_MS = 15;

/** The card under the finger, and the line where it would land. */
export function raiseGhost(card: HTMLElement, start: { readonly x: number; readonly y: number }): Ghost {
  const { left, top, width } = card.getBoundingClientRect();
  const ghost = document.createElement('div');
  ghost.append(card.cloneNode(true));
  ghost.className = styles.ghost ?? '';
  ghost.inert = true;
  ghost.setAttribute('aria-hidden', 'true');
  Object.assign(ghost.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
  const line = document.createElement('div');
  line.className = styles.line ?? '';
  line.hidden = true;
  document.body.append(ghost, line);
  card.toggleAttribute('data-dragged', true);
  navigator.vibrate?.(BUZZ_MS);
  return {
    follow({ x, y }, place) {
      ghost.style.transform = `translate(${x - start.x}px, ${y - start.y}px)`;
      showLine(line, place);
    },
    remove() {
      ghost.remove();
      line.remove();
      card.toggleAttribute('data-dragged', false);
    },
  };
}

function showLine(line: HTMLElement, place: TouchPlace | null): void {
  line.hidden = place === null;
  if (place === null) return;
  const cell = place.cell.getBoundingClientRect();
  const cards = [...place.cell.querySelectorAll<HTMLElement>('[data-uid]')];
  const next = cards.find(({ dataset }) => dataset.uid === place.before);
  const y = next?.getBoundingClientRect().top ?? cards.at(-1)?.getBoundingClientRect().bottom ?? cell.top + 8;
  Object.assign(line.style, { left: `${cell.left}px`, top: `${y - 4}px`, width: `${cell.width}px` });
}
