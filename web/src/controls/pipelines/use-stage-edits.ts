import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { pipelinesQuery, saveStages, useRefreshStages } from '../../api/automation/pipelines.ts';
import { Refusal } from '../../api/transport/errors.ts';
import { sayFailed } from '../../ui/notify.ts';
import { applyEdits, draftOf, type StageEdit, toBody } from './stage-edits.ts';

const isStale = (error: unknown) => error instanceof Refusal && error.status === 412;

/** The pipeline as the server has it now. */
function useFresh() {
  const client = useQueryClient();
  return async (id: number): Promise<Pipeline | undefined> => {
    const { data } = await client.fetchQuery({ ...pipelinesQuery, staleTime: 0 });
    return data.find((one) => one.id === id);
  };
}

const ATTEMPTS = 4;

/** Saves one change at once, on top of whatever others have saved meanwhile. */
export function useSaveStageEdit(pipeline: Pipeline) {
  const fresh = useFresh();
  const refresh = useRefreshStages();
  return useMutation({
    mutationFn: async (edit: StageEdit) => {
      for (let attempt = 1, now = pipeline; ; attempt += 1) {
        try {
          return await saveStages({ ...now, body: toBody(draftOf(now.stages), [edit]) });
        } catch (error) {
          const theirs = isStale(error) && attempt < ATTEMPTS ? await fresh(pipeline.id) : undefined;
          if (theirs === undefined) throw error;
          now = theirs;
        }
      }
    },
    onError: sayFailed,
    onSettled: refresh,
  });
}

/** Many changes, kept until they are saved; if somebody saved meanwhile they are shown on top of that, to be looked at again. */
export function useStageDraft(given: Pipeline, onSaved: () => void) {
  const fresh = useFresh();
  const refresh = useRefreshStages();
  const [base, setBase] = useState(given);
  const [edits, setEdits] = useState<readonly StageEdit[]>([]);
  const [met, setMet] = useState(false);
  const before = draftOf(base.stages);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => saveStages({ ...base, body: toBody(before, edits) }),
    onSuccess: async () => {
      await refresh();
      onSaved();
    },
    onError: async (failure) => {
      const theirs = isStale(failure) ? await fresh(base.id) : undefined;
      if (theirs === undefined) return;
      setBase(theirs);
      setMet(true);
    },
  });
  return {
    before,
    stages: applyEdits(before, edits),
    apply: (edit: StageEdit) => setEdits((all) => joined(all, edit)),
    dirty: edits.length > 0,
    save: () => mutate(),
    saving: isPending,
    error: isStale(error) ? null : error,
    /** Somebody else's changes are shown below ours. */
    met,
  };
}

/** Typing a name is one change, not one for each letter. */
function joined(edits: readonly StageEdit[], edit: StageEdit): readonly StageEdit[] {
  const last = edits.at(-1);
  if (edit.do !== 'change' || last?.do !== 'change' || last.key !== edit.key) return [...edits, edit];
  return [...edits.slice(0, -1), { ...last, to: { ...last.to, ...edit.to } }];
}
