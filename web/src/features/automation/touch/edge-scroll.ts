const EDGE_PX = 56;
const STEP_PX = 14;

/** Scrolls the board a little when the finger is near its edge. */
export function scrollAtEdges(box: HTMLElement | null, { x, y }: { readonly x: number; readonly y: number }): void {
  if (box === null) return;
  const { left, right, top, bottom } = box.getBoundingClientRect();
  box.scrollBy(stepOf(x - left, right - x), stepOf(y - top, bottom - y));
}

function stepOf(fromStart: number, fromEnd: number): number {
  if (fromStart < EDGE_PX) return -STEP_PX;
  return fromEnd < EDGE_PX ? STEP_PX : 0;
}
