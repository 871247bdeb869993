import type { Card } from './cards.ts';
import type { Edit } from './draft.ts';
import { cardsOf } from './file.ts';
import type { BoardFile, FileStage } from './file-shape.ts';
import { locate, type RawProblem } from './problems.ts';

interface Import {
  readonly file: BoardFile;
  readonly errors: readonly RawProblem[];
  /** The board as it is drawn now. */
  readonly cards: readonly Card[];
  readonly stages: readonly FileStage[];
}

/** A file as a step of the draft; what a save would refuse is yellow. */
export function importOf({ file, errors, cards, stages }: Import): Extract<Edit, { readonly do: 'replace' }> {
  const read = cardsOf(withKnownIds(file, cards));
  // The file is read in its own order, not in that of the stages.
  const wrong = new Set(locate(errors, { ...file, stages: [] }, read).map(({ uid }) => uid));
  return {
    do: 'replace',
    cards: read.map((card) => (wrong.has(card.uid) ? { ...card, fresh: true } : card)),
    stages: file.stages.length === 0 || isSame(file.stages, stages) ? null : file.stages,
  };
}

/** An entry without an id is the one of the same stage, kind and name that is there already, as for a save (interfaces.md). */
export function withKnownIds(file: BoardFile, cards: readonly Card[]): BoardFile {
  const taken = new Set([...file.triggers, ...file.rules].flatMap(({ id }) => id ?? []));
  const idOf = (entry: { readonly id?: string; readonly stage: string; readonly name?: string }, key: string) => {
    if (entry.id !== undefined) return entry;
    const same = cards.find(
      (card) =>
        card.id !== null &&
        !taken.has(card.id) &&
        card.stage === entry.stage &&
        card.key === key &&
        card.name === (entry.name ?? ''),
    );
    if (same?.id === undefined || same.id === null) return entry;
    taken.add(same.id);
    return { ...entry, id: same.id };
  };
  return {
    ...file,
    triggers: file.triggers.map((entry) => ({ ...entry, ...idOf(entry, entry.on) })),
    rules: file.rules.map((entry) => ({ ...entry, ...idOf(entry, entry.do) })),
  };
}

function isSame(one: readonly FileStage[], other: readonly FileStage[]): boolean {
  const plain = (stages: readonly FileStage[]) =>
    JSON.stringify(stages.map(({ code, name, kind, color = null }) => [code, name, kind, color]));
  return plain(one) === plain(other);
}
