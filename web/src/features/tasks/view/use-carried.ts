import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Carrying<Place extends string> {
  /** Where an arrow key leads from a place; undefined at the edge. */
  readonly next: (from: Place, key: string) => Place | undefined;
  readonly drop: (id: number, place: Place) => void;
  readonly nameOf: (place: Place) => string;
}

interface Thing<Place> {
  readonly id: number;
  readonly title: string;
  readonly place: Place;
}

/** Carrying by keyboard: Space lifts and drops, arrows choose the place, Escape puts it back. What happens is said. */
export function useCarried<Place extends string>({ next, drop, nameOf }: Carrying<Place>) {
  const { t } = useTranslation('tasks');
  const [carried, setCarried] = useState<{ readonly thing: Thing<Place>; readonly target: Place } | null>(null);
  const [said, setSaid] = useState('');
  const followed = useFocusThere();
  const letGo = () => setCarried(null);

  const end = (thing: Thing<Place>, target: Place) => {
    letGo();
    if (target === thing.place) return setSaid(t('carry.putBack'));
    setSaid(t('carry.dropped', { title: thing.title, place: nameOf(target) }));
    followed(thing.id);
    drop(thing.id, target);
  };
  const onKeyDown = (event: KeyboardEvent, thing: Thing<Place>) => {
    const held = carried?.thing.id === thing.id ? carried : null;
    const target = held && next(held.target, event.key);
    const isEnd = event.key === ' ' || (held !== null && (event.key === 'Enter' || event.key === 'Escape'));
    if (!isEnd && (held === null || !event.key.startsWith('Arrow'))) return;
    event.preventDefault();
    event.stopPropagation();
    if (held === null) {
      setCarried({ thing, target: thing.place });
      return setSaid(t('carry.lifted', { title: thing.title }));
    }
    if (isEnd) return end(thing, event.key === 'Escape' ? thing.place : held.target);
    if (!target) return;
    setCarried({ thing, target });
    setSaid(nameOf(target));
  };
  return { carried: carried?.thing.id ?? null, target: carried?.target ?? null, said, onKeyDown, letGo };
}

// What was carried is drawn anew where it was put down; the focus goes along.
function useFocusThere(): (id: number) => void {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    document.querySelector<HTMLElement>(`[data-task="${wanted.current}"]`)?.focus();
    wanted.current = null;
  });
  return (id) => {
    wanted.current = id;
  };
}
