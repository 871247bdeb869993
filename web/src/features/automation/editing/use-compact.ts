import { useState } from 'react';

const NAME = 'signalbox.automation.compact';

/** Whether cards are drawn small; kept on this machine. */
export function useCompact(): readonly [boolean, (compact: boolean) => void] {
  const [compact, setCompact] = useState(() => localStorage.getItem(NAME) === '1');
  const keep = (next: boolean) => {
    setCompact(next);
    try {
      localStorage.setItem(NAME, next ? '1' : '0');
    } catch {
      // A full or forbidden storage forgets it with the page.
    }
  };
  return [compact, keep];
}
