import { type RefObject, useEffect, useRef } from 'react';
import { cardBelow } from '../board/card-below.ts';
import type { ScreenActions } from '../editing/screen.tsx';
import { scrollAtEdges } from './edge-scroll.ts';
import { type Ghost, raiseGhost, type TouchPlace } from './ghost.ts';

const HOLD_MS = 350;
/** A finger is never quite still. */
const STILL_PX = 10;
const FRAME_MS = 16;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Held {
  readonly card: HTMLElement;
  readonly uid: string;
  readonly lane: string;
  /** What scrolls below the finger. */
  readonly board: HTMLElement | null;
  /** The handle is for carrying alone; elsewhere a finger that moves at once scrolls. */
  readonly byHandle: boolean;
  readonly pointer: number;
  readonly start: Point;
  readonly timer: ReturnType<typeof setTimeout>;
  now: Point;
  /** Null until it has been held long enough. */
  carried: { readonly ghost: Ghost; readonly scrolling: ReturnType<typeof setInterval> } | null;
  moved: boolean;
}

/** Cards by finger: held for a moment they follow it, let go they land; held and let go in place they are selected. */
export function useTouchCarry({ drop, select }: ScreenActions): RefObject<HTMLDivElement | null> {
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = page.current;
    if (element === null) return;
    let held: Held | null = null;
    // The finger's last event comes after the card has landed.
    let landed = false;

    const letGo = () => {
      if (held === null) return;
      clearTimeout(held.timer);
      clearInterval(held.carried?.scrolling);
      held.carried?.ghost.remove();
      held = null;
    };
    const begin = (event: PointerEvent) => {
      letGo();
      landed = false;
      if (event.pointerType === 'touch' && event.isPrimary)
        held = heldBy(event, () => {
          if (held !== null) lift(held);
        });
    };
    const follow = (event: PointerEvent) => {
      if (held === null || event.pointerId !== held.pointer) return;
      held.now = { x: event.clientX, y: event.clientY };
      held.moved ||= Math.hypot(held.now.x - held.start.x, held.now.y - held.start.y) > STILL_PX;
      if (!held.moved) return;
      if (held.carried === null && !held.byHandle) return letGo();
      lift(held).ghost.follow(held.now, placeAt(held));
    };
    const end = (event: PointerEvent) => {
      if (held === null || event.pointerId !== held.pointer) return;
      const place = placeAt(held);
      const { uid, carried, moved } = held;
      letGo();
      landed = carried !== null;
      if (carried !== null && !moved) select(uid, 'toggle');
      if (carried !== null && moved && place !== null)
        drop({ uid, to: { stage: place.stage, before: place.before }, copy: false });
    };
    // While a card is carried nothing else may make use of the finger: no scrolling, menu, native drag or click.
    const keep = (event: Event) => {
      if ((landed || held?.carried != null) && event.cancelable) event.preventDefault();
    };
    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener('pointerdown', begin, { signal });
    element.addEventListener('touchmove', keep, { signal, passive: false });
    element.addEventListener('touchend', keep, { signal, passive: false });
    element.addEventListener('contextmenu', keep, { signal });
    element.addEventListener('dragstart', keep, { signal, capture: true });
    window.addEventListener('pointermove', follow, { signal });
    window.addEventListener('pointerup', end, { signal });
    window.addEventListener('pointercancel', letGo, { signal });
    return () => {
      letGo();
      stop.abort();
    };
  }, [drop, select]);
  return page;
}

function heldBy(event: PointerEvent, afterAMoment: () => void): Held | null {
  const target = event.target instanceof Element ? event.target : null;
  const card = target?.closest<HTMLElement>('[data-uid]') ?? null;
  const uid = card?.dataset.uid;
  if (target === null || card === null || uid === undefined) return null;
  const now = { x: event.clientX, y: event.clientY };
  return {
    card,
    uid,
    lane: laneOf(card.closest<HTMLElement>('[data-cell]')),
    board: card.closest<HTMLElement>('[data-board]'),
    byHandle: target.closest('[data-handle]') !== null,
    pointer: event.pointerId,
    start: now,
    now,
    timer: setTimeout(afterAMoment, HOLD_MS),
    carried: null,
    moved: false,
  };
}

function lift(held: Held) {
  held.carried ??= {
    ghost: raiseGhost(held.card, held.start),
    scrolling: setInterval(() => {
      if (held.moved) scrollAtEdges(held.board, held.now);
    }, FRAME_MS),
  };
  return held.carried;
}

/** The cell of the card's own lane below the finger. */
function placeAt({ lane, now }: Held): TouchPlace | null {
  const cell = document.elementFromPoint(now.x, now.y)?.closest<HTMLElement>('[data-cell]') ?? null;
  if (cell === null || laneOf(cell) !== lane) return null;
  return { cell, stage: (cell.dataset.cell ?? '').slice(lane.length + 1), before: cardBelow(cell, now.y) };
}

const laneOf = (cell: HTMLElement | null) => cell?.dataset.cell?.split(':')[0] ?? '';
