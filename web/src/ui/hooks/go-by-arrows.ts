import type { KeyboardEvent } from 'react';

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** For a list whose rows have a link each, marked `data-row-link`: the arrow keys go from one to the next. */
export function goByArrows(event: KeyboardEvent<HTMLElement>) {
  const step = steps[event.key];
  if (step === undefined) return;
  // Of a virtual list the rows stand in the document in the order in which they came into sight.
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')].toSorted(
    (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
  );
  const at = links.findIndex((link) => link.matches(':focus'));
  const next = at < 0 ? undefined : links[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
