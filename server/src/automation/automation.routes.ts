import type { Undoes } from '../parts/undoing.ts';
import type { Context } from '../platform/context.ts';
import type { Route } from '../platform/http/http.ts';
import { formRoutes } from './boards/form.routes.ts';
import { boardFileRoutes } from './editing/board-file.routes.ts';
import { versionRoutes } from './editing/version.routes.ts';
import { handOverRoutes } from './hand-over/hand-over.routes.ts';
import { itemRunRoutes } from './log/item-runs.routes.ts';
import { runRoutes } from './log/run.routes.ts';
import { rehearseRoutes } from './rehearsal/rehearse.routes.ts';

/** Boards, runs, deliveries and what the automation screen needs. */
export const automationRoutes = (context: Context, undoes: Undoes): Route[] => [
  ...boardFileRoutes(context),
  ...versionRoutes(context),
  ...itemRunRoutes(context, undoes),
  ...runRoutes(context, undoes),
  ...formRoutes(context),
  ...rehearseRoutes(context),
  ...handOverRoutes(context),
];
