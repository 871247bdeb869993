import type { OwnWords } from '@signalbox/automation/engine/hearers.ts';
import { type Verdict, verdictCodes } from '@signalbox/automation/engine/verdict.ts';
import { fromKeptVerdicts } from '@signalbox/automation/engine/verdict-spans.ts';
import { z } from 'zod';
import type { Tx } from '../../platform/db.ts';
import { loadHearerLists } from './hearer-lists.store.ts';

/** The columns of a decision that hold its verdicts. */
export interface KeptColumns {
  readonly verdicts: unknown;
  /** Null: each trigger is named by its id, as it was until lists were kept, or none was judged. */
  readonly hearers: string | null;
}

export type ReadVerdict = Pick<Verdict, 'trigger' | 'verdict' | 'detail'>;

const code = z.enum(verdictCodes);
const detail = z.record(z.string(), z.json());
const byId = z.array(z.union([z.tuple([z.string(), code]), z.tuple([z.string(), code, detail])]));
const places = z.array(z.number());
const owned = z.enum(['wanted', 'part']).nullable();
const byPlace = z.array(z.union([z.tuple([places, code]), z.tuple([places, code, detail, owned])]));

/** What reads the verdicts of these decisions, one for each trigger that heard the signal, in judging order (semantics.md 3.8). */
export async function verdictReader(
  tx: Tx,
  rows: readonly KeptColumns[],
): Promise<(row: KeptColumns) => readonly ReadVerdict[]> {
  const lists = await loadHearerLists(
    tx,
    rows.flatMap(({ hearers }) => hearers ?? []),
  );
  return ({ verdicts, hearers }) => {
    if (verdicts === null || verdicts === undefined) return [];
    if (hearers === null)
      return byId.parse(verdicts).map(([trigger, verdict, said = null]) => ({ trigger, verdict, detail: said }));
    return fromKeptVerdicts(byPlace.parse(verdicts), lists.get(hearers) ?? missing(hearers));
  };
}

function missing(id: string): readonly OwnWords[] {
  throw new Error(`the list of hearers ${id} is not there`);
}
