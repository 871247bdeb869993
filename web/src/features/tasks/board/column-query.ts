import type { Task } from '@signalbox/contract/tasks.ts';
import { type TaskFilter, tasksQuery } from '../../../api/tasks/tasks.ts';

const PAGE = 50;

/** Of a column. The latest completed are what one looks for; of the others, those that are due. */
export const columnQuery = (filter: TaskFilter, status: Task['status']) =>
  tasksQuery({ ...filter, status }, status === 'completed' ? 'newest' : 'deadline', PAGE);
