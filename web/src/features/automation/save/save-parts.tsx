import type { AutomationStats, BoardAddress } from '../../../api/automation/automation.ts';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import type { Draft, Edit } from '../model/draft.ts';
import { cardsOf } from '../model/file.ts';
import { AlsoRun } from './also-run.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { LeftOutDialog } from './left-out-dialog.tsx';
import { SaveBar } from './save-bar.tsx';
import type { SaveState } from './use-save.ts';

interface SavePartsProps {
  readonly address: BoardAddress;
  readonly draft: Draft;
  readonly dirty: boolean;
  readonly save: SaveState;
  readonly apply: (change: Edit) => void;
  readonly stats: AutomationStats | undefined;
  readonly nameOf: (uid: string) => string;
  readonly onProblem: (uid: string, field: string) => void;
}

/** The save bar, and what a refused save asks. */
export function SaveParts({ address, draft, dirty, save, apply, stats, nameOf, onProblem }: SavePartsProps) {
  const { stages } = useFormFacts();
  const { conflict } = save;
  const known = new Set((draft.stages ?? draft.file.stages).map(({ code }) => code));
  const leftOut = stages.filter(({ code }) => !known.has(code));
  return (
    <>
      {(dirty || save.problems.length > 0) && (
        <SaveBar
          draft={draft}
          state={save}
          apply={apply}
          orphans={orphansOf(draft, stats)}
          nameOf={nameOf}
          onProblem={onProblem}
        />
      )}
      {!dirty && (
        <AlsoRun address={address} added={save.added} cards={draft.cards} stats={stats} onDone={save.forgetAdded} />
      )}
      {conflict !== null && (
        <ConflictDialog
          draft={draft}
          conflict={conflict}
          onClose={save.settle}
          onOverwrite={() => save.save(draft, { version: conflict.version })}
          onMerge={(cards) => {
            apply({ do: 'load', file: conflict.theirs, version: conflict.version, cards });
            save.settle();
          }}
        />
      )}
      {save.leftOut && leftOut.length > 0 && (
        <LeftOutDialog
          leftOut={leftOut}
          remaining={stages.filter(({ code }) => known.has(code))}
          onClose={save.settle}
          onDone={(moveTo) => save.save(draft, { moveTo })}
        />
      )}
    </>
  );
}

/** Waiting runs of rules that this draft deletes or switches off (semantics.md 8.2). */
function orphansOf({ file, cards }: Draft, stats: AutomationStats | undefined): number {
  const alive = new Set(cards.filter(({ enabled }) => enabled).map(({ id }) => id));
  const gone = cardsOf(file).filter(
    ({ lane, id, enabled }) => lane === 'rule' && enabled && id !== null && !alive.has(id),
  );
  return gone.reduce((sum, { id }) => sum + (stats?.rules[id ?? '']?.waiting ?? 0), 0);
}
