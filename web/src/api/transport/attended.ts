/** Whoever has touched nothing for so long may have left. */
const LEFT_AFTER_MS = 60_000;

// To open a page is to be there.
let touchedAt = 0;

if (typeof window !== 'undefined')
  for (const touch of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
    window.addEventListener(touch, () => touched(), { capture: true, passive: true });

export function touched(nowMs = performance.now()): void {
  touchedAt = nowMs;
}

/** Has anybody touched this screen in the last minute? `nowMs`: since the page was opened. */
export const isAttended = (nowMs = performance.now()) => nowMs - touchedAt < LEFT_AFTER_MS;
