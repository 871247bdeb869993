import type { CallSource } from '../source.ts';
import { reportRoutes } from './report.routes.ts';

/** Exchanges that tell of their calls over HTTP (interfaces.md, `POST /calls`). */
export const api: CallSource = { provider: 'api', routes: reportRoutes };
