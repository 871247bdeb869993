import type { Context } from '../platform/context.ts';
import type { Route } from '../platform/http.ts';
import { boardFileRoutes } from './board-file.routes.ts';
import { formRoutes } from './form.routes.ts';
import { itemRunRoutes } from './item-runs.routes.ts';
import { rehearseRoutes } from './rehearse.routes.ts';
import { runRoutes } from './run.routes.ts';
import { versionRoutes } from './version.routes.ts';

/** Boards, runs, deliveries and what the automation screen needs. */
export const automationRoutes = (context: Context): Route[] => [
  ...boardFileRoutes(context),
  ...versionRoutes(context),
  ...itemRunRoutes(context),
  ...runRoutes(context),
  ...formRoutes(context),
  ...rehearseRoutes(context),
];
