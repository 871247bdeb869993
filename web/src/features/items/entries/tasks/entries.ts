import type { Entries } from '../entry-props.ts';
import { TaskEntry, TaskStatusEntry } from './task-entry.tsx';

// biome-ignore format: one line a kind, as where there are several
export const entries = {
  task: TaskEntry,
  'task-status': TaskStatusEntry,
} satisfies Entries;
