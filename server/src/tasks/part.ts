import type { Part } from '../parts/part.ts';
import { taskBulkRoutes } from './bulk.routes.ts';
import { doDueTasks } from './do-due.ts';
import { taskNoteRoutes } from './notes.routes.ts';
import { taskRoutes } from './tasks.routes.ts';

const POLL_EVERY_MS = 5_000;

/** What people are to do: tasks, planned calls and meetings. */
export const tasks: Part = {
  name: 'tasks',
  routes: (context) => [...taskBulkRoutes(context), ...taskRoutes(context), ...taskNoteRoutes(context)],
  polls: (context) => [{ everyMs: POLL_EVERY_MS, work: () => doDueTasks(context) }],
};
