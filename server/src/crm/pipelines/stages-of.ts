import type { NewStage } from './pipelines.store.ts';

const ends: Readonly<Record<string, NewStage['kind']>> = { WON: 'won', LOST: 'lost' };

/** Stages from their names by code, in the order in which they stand. */
export function stagesOf(names: Readonly<Record<string, string>>): NewStage[] {
  return Object.entries(names).map(([code, name]) => ({ code, name, kind: ends[code] ?? 'open' }));
}
