/** A card on its way from where it stood to where it stands. */
export interface Slide {
  id: number;
  from: DOMRect;
  ghost: HTMLElement;
}

const slideMs = 520;

export const findCard = (id: number) => document.querySelector<HTMLElement>(`[data-card="${id}"]`);

/** Where a card is drawn now; nothing if it is scrolled out of its column. */
export function measureCard({ id }: { id: number }): Slide[] {
  const card = findCard(id);
  const ghost = card?.cloneNode(true);
  return card && ghost instanceof HTMLElement ? [{ id, from: card.getBoundingClientRect(), ghost }] : [];
}

// Columns clip what leaves them, so a copy flies above the board while the card itself waits unseen.
export function playSlide({ id, from, ghost }: Slide) {
  const card = findCard(id);
  if (!card || matchMedia('(prefers-reduced-motion: reduce)').matches) return;

  const to = card.getBoundingClientRect();
  const { left, top, width } = from;
  Object.assign(ghost.style, {
    position: 'fixed',
    zIndex: '150',
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    margin: '0',
    pointerEvents: 'none',
  });
  ghost.removeAttribute('data-card');
  ghost.setAttribute('aria-hidden', 'true');
  document.body.append(ghost);
  card.style.visibility = 'hidden';

  const flight = ghost.animate(
    [{ transform: 'none' }, { transform: `translate(${to.left - left}px, ${to.top - top}px)` }],
    { duration: slideMs, easing: 'cubic-bezier(0.3, 0.7, 0.2, 1)' },
  );
  flight.onfinish = () => {
    ghost.remove();
    card.style.visibility = '';
  };
}
