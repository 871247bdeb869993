import { useBlocker } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { findDraft, keepDraft, type RoleDraft } from './kept-role.ts';

/** What is changed of a role: whoever leaves the page and comes back finds it again; closing the tab asks. */
export function useRoleDraft(role: string, saved: RoleDraft) {
  const [found] = useState(() => findDraft(role));
  const [draft, setDraft] = useState<RoleDraft | null>(found);
  const dirty = draft !== null && !isSame(draft, saved);
  useEffect(() => keepDraft(role, dirty ? draft : null), [role, draft, dirty]);
  useBlocker({ shouldBlockFn: () => false, enableBeforeUnload: () => dirty, disabled: !dirty });
  return {
    shown: draft ?? saved,
    dirty,
    /** It was changed before this page was opened. */
    takenUp: dirty && draft === found,
    change: (next: RoleDraft) => setDraft(next),
    clear: () => {
      keepDraft(role, null);
      setDraft(null);
    },
  };
}

const isSame = (one: RoleDraft, other: RoleDraft) => inOrder(one) === inOrder(other);

/** Rows that were removed and added again stand in another order. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
