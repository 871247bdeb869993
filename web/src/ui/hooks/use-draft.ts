import { useCallback, useState } from 'react';

/** Text that outlives closing the panel by mistake; gone with `clear`, or with the browser's tab. */
export function useDraft(name: string) {
  const key = `signalbox.draft.${name}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  const change = (next: string) => {
    setText(next);
    if (next === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, next);
  };
  /** Another form of the same name may have kept or cleared it. */
  const reread = useCallback(() => setText(sessionStorage.getItem(key) ?? ''), [key]);
  return { text, change, clear: () => change(''), reread };
}
