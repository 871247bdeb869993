import type { Context } from '../../../platform/context.ts';
import { sources } from '../sources.ts';
import { fetchRecordings } from './fetch-recordings.ts';

/** Fetches what is due and waits for it, however busy the machine. Answers how many. */
export function fetchAll(context: Context, limitBytes?: number): Promise<number> {
  return fetchRecordings(context, sources, { patientMs: 60_000, ...(limitBytes !== undefined && { limitBytes }) });
}
