import { guessStageKind, makeCode } from '../../crm/csv/guess/guess-stages.ts';
import { plainWords } from '../../crm/csv/plain-words.ts';
import { putStages, type StageRow } from '../../crm/pipelines/pipelines.store.ts';
import type { Tx } from '../../platform/db.ts';
import { announce } from '../../platform/realtime.ts';

/** Makes a stage for each text, and says which: open ones before the end of the pipeline, won and lost ones behind it. Texts that differ only in style are one stage. */
export async function makeStages(
  tx: Tx,
  { id, stages }: { id: number; stages: readonly StageRow[] },
  texts: readonly string[],
): Promise<Map<string, string>> {
  const codes = new Set(stages.map(({ code }) => code));
  const byName = new Map<string, StageRow>();
  const fresh: StageRow[] = [];
  const made = new Map<string, string>();
  for (const text of texts) {
    const words = plainWords(text) || text;
    const stage = byName.get(words) ?? {
      ...{ id: 0, pipeline_id: id, color: '' },
      code: makeCode(text, codes, 'STAGE').toUpperCase(),
      name: text.slice(0, 100),
      kind: guessStageKind(text),
    };
    if (!byName.has(words)) fresh.push(stage);
    byName.set(words, stage);
    codes.add(stage.code);
    made.set(text, stage.code);
  }
  if (fresh.length === 0) return made;
  const all = [...stages, ...fresh];
  const order = { open: 0, won: 1, lost: 2 };
  all.sort((a, b) => order[a.kind] - order[b.kind]);
  await putStages(
    tx,
    id,
    all.map(({ code, name, kind, color }) => ({ code, name, kind, ...(color !== '' && { color }) })),
  );
  announce(tx, { topic: 'pipelines', kind: 'changed', pipeline: id });
  return made;
}
