import { useState } from 'react';

/** Text that outlives closing the panel by mistake; gone with `clear`, or with the browser's tab. */
export function useDraft(name: string) {
  const key = `signalbox.draft.${name}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  const change = (next: string) => {
    setText(next);
    if (next === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, next);
  };
  return { text, change, clear: () => change('') };
}
