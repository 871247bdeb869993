import { useMutation, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useState } from 'react';
import {
  type AutomationBoard,
  automationQuery,
  type BoardAddress,
  saveAutomation,
} from '../../../api/automation/automation.ts';
import { Refusal } from '../../../api/transport/errors.ts';
import { queryClient } from '../../../api/transport/query-client.ts';
import { problemText } from '../../../ui/text/problem-text.ts';
import { problemsOf } from '../model/definitions.ts';
import { type Draft, type Edit, savedFile } from '../model/draft.ts';
import type { BoardFile } from '../model/file-shape.ts';
import { locate, type Problem } from '../model/problems.ts';

export interface Conflict {
  readonly theirs: BoardFile;
  readonly version: number;
}

export interface SaveState {
  readonly problems: readonly Problem[];
  readonly conflict: Conflict | null;
  /** Stages that were left out and still have items. */
  readonly leftOut: boolean;
  readonly saving: boolean;
  readonly failed: string | null;
  /** Ids of the rules that the last save added. */
  readonly added: readonly string[];
  readonly forgetAdded: () => void;
  readonly save: (draft: Draft, options?: SaveOptions) => void;
  readonly settle: () => void;
}

export interface SaveOptions {
  readonly version?: number | null;
  readonly moveTo?: Readonly<Record<string, string>>;
  readonly cancelRuns?: boolean;
}

interface SaveInput extends SaveOptions {
  readonly draft: Draft;
}

/** Saves the draft; each way in which it can be refused becomes something the screen can lead to. */
export function useSave(address: BoardAddress, apply: (change: Edit) => void, onSaved: () => void): SaveState {
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome>(calm);
  const [added, setAdded] = useState<readonly string[]>([]);
  const mutation = useMutation({
    mutationFn: ({ draft, version = draft.version, ...options }: SaveInput) =>
      saveAutomation({ ...address, ...options, version, file: bodyOf(draft) }),
    onSuccess: (board, { draft }) => {
      setAdded(newRules(draft.file, board));
      apply({ do: 'load', file: fileFrom(board), version: board.version });
      client.setQueryData(automationQuery(address).queryKey, board);
      void client.invalidateQueries({ queryKey: ['stats'] });
      void client.invalidateQueries({ queryKey: ['versions'] });
      setOutcome(calm);
      onSaved();
    },
    onError: async (error, { draft }) => setOutcome(await outcomeOf(error, draft, address)),
  });
  const save = (draft: Draft, options: SaveOptions = {}) => {
    const unset = problemsOfDraft(draft);
    if (unset.length > 0) return setOutcome({ ...calm, problems: unset });
    setOutcome(calm);
    mutation.mutate({ draft, ...options });
  };
  return {
    ...outcome,
    added,
    forgetAdded: () => setAdded([]),
    saving: mutation.isPending,
    save,
    settle: () => setOutcome(calm),
  };
}

function newRules(before: BoardFile, { rules }: AutomationBoard): readonly string[] {
  const known = new Set(before.rules.map(({ id }) => id));
  return rules.flatMap(({ id, enabled }) => (id === undefined || enabled === false || known.has(id) ? [] : [id]));
}

interface Outcome {
  readonly problems: readonly Problem[];
  readonly conflict: Conflict | null;
  readonly leftOut: boolean;
  readonly failed: string | null;
}

const calm: Outcome = { problems: [], conflict: null, leftOut: false, failed: null };

async function outcomeOf(error: Error, draft: Draft, address: BoardAddress): Promise<Outcome> {
  if (!(error instanceof Refusal)) return { ...calm, failed: problemText(error, i18next.t) };
  if (error.status === 412) return { ...calm, conflict: await theirs(address) };
  if (error.status === 409) return { ...calm, leftOut: true, failed: problemText(error, i18next.t) };
  const problems = locate(error.fields, savedFile(draft), draft.cards);
  return problems.length > 0 ? { ...calm, problems } : { ...calm, failed: problemText(error, i18next.t) };
}

async function theirs(address: BoardAddress): Promise<Conflict> {
  const board = await queryClient.fetchQuery({ ...automationQuery(address), staleTime: 0 });
  return { theirs: fileFrom(board), version: board.version };
}

/** What the definitions themselves refuse: a yellow card that lacks a required setting cannot be saved. */
function problemsOfDraft({ cards }: Draft): readonly Problem[] {
  return cards
    .filter(({ enabled, fresh }) => enabled || fresh)
    .flatMap((card) => problemsOf(card).map((problem) => ({ ...problem, path: problem.field, uid: card.uid })));
}

export function fileFrom({ version: _, ...file }: AutomationBoard): BoardFile {
  return file;
}

function bodyOf(draft: Draft): Partial<BoardFile> {
  const { stages, ...file } = savedFile(draft);
  return draft.stages === null ? file : { ...file, stages };
}
