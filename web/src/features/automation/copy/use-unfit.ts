import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { checkAutomation } from '../../../api/automation/automation.ts';
import type { Card } from '../model/cards.ts';
import { type Draft, edit, savedFile } from '../model/draft.ts';
import { fileOf } from '../model/file.ts';
import type { BoardFile } from '../model/file-shape.ts';
import { locate, type Problem } from '../model/problems.ts';
import { cardsFor, type Places } from '../model/sent-cards.ts';

interface Sending {
  readonly how: 'copy' | 'move';
  readonly draft: Draft;
  readonly cards: readonly Card[];
  /** Null: this board's own. */
  readonly pipeline: Pipeline | null;
  readonly places: Places;
}

export interface UnfitFound {
  readonly problems: readonly (Problem & { readonly card: Card })[];
  readonly uids: ReadonlySet<string>;
  readonly looking: boolean;
  readonly failed: Error | null;
}

/** What a save there would say of these cards: stages, fields, results of rules, people, channels that are not there. */
export function useUnfit({ how, draft, cards, pipeline, places }: Sending): UnfitFound {
  const attempt = useMemo(
    () => (pipeline === null ? here({ how, draft, cards, places }) : there(pipeline, { draft, cards, places })),
    [how, draft, cards, pipeline, places],
  );
  const check = useQuery({
    queryKey: ['automation-fit', JSON.stringify(attempt.file)],
    queryFn: () => checkAutomation(attempt.file),
    staleTime: 0,
    retry: false,
  });
  return useMemo(() => {
    const said = [...(check.data?.errors ?? []), ...(check.data?.warnings ?? [])];
    const problems = locate(said, attempt.ordered, attempt.cards).flatMap((problem) => {
      const card = cards.find(({ uid, fresh }) => !fresh && goneTo(uid) === problem.uid);
      return card === undefined || problem.code === 'race' ? [] : [{ ...problem, card }];
    });
    return {
      problems,
      uids: new Set(problems.map(({ card }) => card.uid)),
      looking: check.isPending,
      failed: check.error,
    };
  }, [check.data, check.isPending, check.error, attempt, cards]);
}

/** What the cards would be called after the step. */
const goneTo = (uid: string) => `there:${uid}`;

interface Attempt {
  readonly file: unknown;
  readonly cards: readonly Card[];
  /** In which order the file names its stages. */
  readonly ordered: BoardFile;
}

function here({ how, draft, cards, places }: Omit<Sending, 'pipeline'>): Attempt {
  const copies = cards.map(({ uid }) => ({ of: uid, uid: goneTo(uid) }));
  const to = { stage: places[cards[0]?.stage ?? ''] ?? '', before: null };
  const copied = edit(draft, { do: 'copy', copies, to });
  const uids = cards.map(({ uid }) => uid);
  // A move keeps the ids, so that the rules that stay behind still find the results.
  const moved = edit(draft, { do: 'move', uids, to }).cards.map((card) =>
    uids.includes(card.uid) ? { ...card, uid: goneTo(card.uid) } : card,
  );
  const after = how === 'copy' ? copied : { ...draft, cards: moved };
  return { file: savedFile(after), cards: after.cards, ordered: savedFile(after) };
}

function there({ type, id, stages }: Pipeline, { draft, cards, places }: Omit<Sending, 'pipeline' | 'how'>): Attempt {
  const copies = cards.map(({ uid }) => ({ of: uid, uid: goneTo(uid) }));
  const arriving = cardsFor(draft.cards, { copies, places, unfit: new Set() });
  const empty: BoardFile = { type, pipeline: String(id), stages: [...stages], triggers: [], rules: [] };
  const { triggers, rules } = fileOf(empty, arriving);
  return { file: { type, pipeline: String(id), triggers, rules }, cards: arriving, ordered: empty };
}
