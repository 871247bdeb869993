import type { Part } from '../parts/part.ts';
import { foldWaitingTitles } from './items/fold-titles.ts';

const POLL_EVERY_MS = 5_000;

/** What lists are found by is kept in order beside the work of people. */
export const crm: Part = {
  name: 'crm',
  polls: (context) => [{ everyMs: POLL_EVERY_MS, work: () => foldWaitingTitles(context) }],
};
