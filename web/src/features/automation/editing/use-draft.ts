import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import { takeArriving } from '../model/arriving.ts';
import { type Draft, type Edit, edit, isDirty, openDraft } from '../model/draft.ts';
import type { BoardFile } from '../model/file-shape.ts';
import { findDraft, keepDraft } from '../model/kept-draft.ts';

export interface Editing {
  readonly draft: Draft;
  readonly dirty: boolean;
  readonly apply: (change: Edit) => void;
}

const KEEP_AFTER_MS = 250;

/** The draft of a board: found again after a reload or by whoever comes back, kept while it differs from what is saved. */
export function useDraft(
  saved: { readonly file: BoardFile; readonly version: number },
  { name, readOnly }: { readonly name: string; readonly readOnly: boolean },
): Editing {
  const [draft, change] = useReducer(edit, null, () =>
    readOnly ? openDraft(saved.file, saved.version) : begin(saved, name),
  );
  const apply = useCallback(
    (wanted: Edit) => {
      // What is saved is followed by those who only look, too.
      if (!readOnly || wanted.do === 'load') change(wanted);
    },
    [readOnly],
  );
  const dirty = useMemo(() => isDirty(draft), [draft]);
  useEffect(() => {
    const keep = () => keepDraft(localStorage, name, draft);
    // What has been saved is forgotten at once: a reload must not bring it back as unsaved.
    if (!dirty) return keep();
    const timer = setTimeout(keep, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, dirty, name]);
  const latest = useRef(draft);
  latest.current = draft;
  // Whoever leaves the page at once has not waited for the timer.
  useEffect(() => () => keepDraft(localStorage, name, latest.current), [name]);
  const { file } = saved;
  useEffect(() => {
    if (readOnly) return;
    const stages = file.stages.map(({ code }) => code);
    const cards = takeArriving(localStorage, name, stages);
    if (cards.length > 0) apply({ do: 'arrive', cards });
  }, [file, name, readOnly, apply]);
  useEffect(() => {
    if (saved.version <= draft.version) return;
    if (!dirty) apply({ do: 'load', ...saved });
    else if (onlyStagesDiffer(draft, saved.file)) apply({ do: 'rebase', ...saved });
  }, [saved, dirty, draft, apply]);
  return { draft, dirty, apply };
}

/** Somebody, here or elsewhere, has changed the stages alone, and every card still has its own. */
function onlyStagesDiffer(draft: Draft, saved: BoardFile): boolean {
  const cardsOf = ({ triggers, rules }: BoardFile) => JSON.stringify([triggers, rules]);
  const known = new Set(saved.stages.map(({ code }) => code));
  return (
    draft.stages === null &&
    cardsOf(draft.file) === cardsOf(saved) &&
    draft.cards.every(({ stage }) => known.has(stage))
  );
}

function begin(saved: { readonly file: BoardFile; readonly version: number }, name: string): Draft {
  const kept = findDraft(localStorage, name);
  return kept === null ? openDraft(saved.file, saved.version) : openDraft(kept.file, kept.version, kept);
}
