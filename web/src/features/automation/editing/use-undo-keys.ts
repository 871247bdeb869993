import { useEffect } from 'react';
import type { Edit } from '../model/draft.ts';

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y), unless somebody is typing or a panel is open. */
export function useUndoKeys(apply: (change: Edit) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || isElsewhere(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      apply(key === 'y' || event.shiftKey ? { do: 'redo' } : { do: 'undo' });
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [apply]);
}

function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input:not([type="checkbox"]), textarea, [role="dialog"]') !== null;
}
