import type { Part } from '../parts/part.ts';
import type { Undoes } from '../parts/undoing.ts';
import type { Turns } from './drain/turns.ts';
import { undecidableRoutes } from './drain/undecidable.routes.ts';
import { importBatchTask } from './imports/import-batch.ts';
import type { MakePorts } from './running/port-scope.ts';
import { runVisitsTask } from './running/run-visits.ts';
import { runDueVisits } from './running/watch-runs.ts';
import { undoRoutes } from './undo/undo.routes.ts';
import { noticeClientTask } from './visits/notice-client.ts';
import { replanHoursTask } from './visits/replan-hours.ts';
import { replanItemTask } from './visits/replan-item.ts';

const POLL_EVERY_MS = 1_000;

/** Rules that run and imports that go on; what rules do in the house and outside comes through the ports. */
export const automation = (makePorts: MakePorts, turns: Turns, undoes: Undoes): Part => ({
  name: 'automation',
  routes: (context) => [...undecidableRoutes(context), ...undoRoutes(context, undoes)],
  tasks: (context) => [
    runVisitsTask({ context, makePorts }, turns),
    replanItemTask(context),
    replanHoursTask(context),
    noticeClientTask(context),
    importBatchTask(context),
  ],
  polls: (context) => [{ everyMs: POLL_EVERY_MS, work: () => runDueVisits({ context, makePorts }) }],
});
