import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect } from 'react';
import type { Card, Lane } from '../model/cards.ts';

interface Draggable {
  readonly box: RefObject<HTMLElement | null>;
  readonly handle: RefObject<HTMLElement | null>;
  readonly card: Card;
}

/** What travels with the pointer. */
export interface Dragged {
  readonly uid: string;
  readonly lane: Lane;
}

export function useDraggable({ box, handle, card: { uid, lane } }: Draggable): void {
  useEffect(() => {
    const [element, dragHandle] = [box.current, handle.current];
    if (element === null || dragHandle === null) return;
    return draggable({
      element,
      dragHandle,
      getInitialData: () => ({ uid, lane }),
      onDragStart: () => element.toggleAttribute('data-dragged', true),
      onDrop: () => element.toggleAttribute('data-dragged', false),
    });
  }, [box, handle, uid, lane]);
}

export function draggedOf(data: Record<string | symbol, unknown>): Dragged | null {
  const { uid, lane } = data;
  return typeof uid === 'string' && (lane === 'trigger' || lane === 'rule') ? { uid, lane } : null;
}
