import { useEffect, useState } from 'react';

/**
 * Gives the focus back to what had it before this was there; if that is gone by then, to the nearest thing around it that takes it.
 * Mantine does so when its dialogs and drawers close; ours are gone by then.
 */
export function useFocusReturn(): void {
  const [before] = useState(() => around(document.activeElement));
  useEffect(
    () => () => {
      // Somebody has given it to something else already.
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      before.find((one) => one.isConnected)?.focus({ preventScroll: true });
    },
    [before],
  );
}

function around(element: Element | null): readonly HTMLElement[] {
  const [self, ...outer] = ancestors(element);
  return [self, ...outer.filter((one) => one.hasAttribute('tabindex'))].filter((one) => one !== undefined);
}

function ancestors(element: Element | null): HTMLElement[] {
  if (!(element instanceof HTMLElement) || element === document.body) return [];
  return [element, ...ancestors(element.parentElement)];
}
