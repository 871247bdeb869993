import type { Part } from '../parts/part.ts';
import { taskBulkRoutes } from './bulk.routes.ts';
import { taskNoteRoutes } from './notes.routes.ts';
import { taskRoutes } from './tasks.routes.ts';

/** What people are to do: tasks, planned calls and meetings. */
export const tasks: Part = {
  name: 'tasks',
  routes: (context) => [...taskBulkRoutes(context), ...taskRoutes(context), ...taskNoteRoutes(context)],
};
