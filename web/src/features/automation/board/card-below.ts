/** The uid of the first card of a cell whose middle is below this height; null: the place is the end. */
export function cardBelow(cell: HTMLElement, y: number): string | null {
  const below = [...cell.querySelectorAll<HTMLElement>('[data-uid]')].find((card) => {
    const { top, height } = card.getBoundingClientRect();
    return y < top + height / 2;
  });
  return below?.dataset.uid ?? null;
}
