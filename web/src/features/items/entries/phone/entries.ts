import type { Entries } from '../entry-props.ts';
import { CallEntry } from './call-entry.tsx';

// biome-ignore format: one line a kind, as where there are several
export const entries = {
  call: CallEntry,
} satisfies Entries;
