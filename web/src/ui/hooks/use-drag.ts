import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';

/** What the mouse or a finger carries: one of a kind, by its id. */
export interface Carried {
  readonly kind: string;
  readonly id: number;
}

/** Lets the mouse or a finger take something, if it may be moved; by its handle alone where it has one. */
export function useDragSource(
  element: RefObject<HTMLElement | null>,
  { kind, id }: Carried,
  { enabled, handle }: { readonly enabled: boolean; readonly handle?: RefObject<HTMLElement | null> },
): boolean {
  const [dragged, setDragged] = useState(false);
  useEffect(() => {
    if (!element.current || !enabled) return;
    return draggable({
      element: element.current,
      ...(handle?.current && { dragHandle: handle.current }),
      getInitialData: () => ({ kind, id }),
      onDragStart: () => setDragged(true),
      onDrop: () => setDragged(false),
    });
  }, [element, handle, kind, id, enabled]);
  return dragged;
}

/** Lets a place receive things of a kind; true while one is held over it. */
export function useDropPlace(
  element: RefObject<HTMLElement | null>,
  kind: string,
  drop: (id: number) => void,
): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(drop);
  useEffect(() => {
    latest.current = drop;
  });
  useEffect(() => {
    if (!element.current) return;
    return dropTargetForElements({
      element: element.current,
      canDrop: ({ source }) => source.data.kind === kind,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        if (typeof source.data.id === 'number') latest.current(source.data.id);
      },
    });
  }, [element, kind]);
  return over;
}
