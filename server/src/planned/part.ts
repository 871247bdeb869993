import type { Part } from '../parts/part.ts';
import { plannedRoutes } from './planned.routes.ts';

/** Everything that waits, of whichever part it is. */
export const planned: Part = { name: 'planned', entries: ['planned-changed'], routes: plannedRoutes };
