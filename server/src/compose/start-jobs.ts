import type pg from 'pg';
import { importBatchTask } from '../automation/imports/import-batch.ts';
import { reportTrouble } from '../automation/running/report-trouble.ts';
import { runVisitsTask } from '../automation/running/run-visits.ts';
import { runDueVisits } from '../automation/running/watch-runs.ts';
import { replanHoursTask } from '../automation/visits/replan-hours.ts';
import { replanItemTask } from '../automation/visits/replan-item.ts';
import { createMailSender } from '../channels/email/outbound/mail-sender.ts';
import { trackingKey } from '../channels/email/tracking/tracking-key.ts';
import { type Deliverer, deliverTask } from '../outbox/deliver.ts';
import type { Senders } from '../outbox/sender.ts';
import { deliverDue, expireLeases } from '../outbox/watch-due.ts';
import type { Context } from '../platform/context.ts';
import { clearFilesAway } from '../platform/files/clear-away.ts';
import { createStorage } from '../platform/files/create-storage.ts';
import { startHeartbeat } from '../platform/jobs/heartbeat.ts';
import { startWorker } from '../platform/jobs/jobs.ts';
import { makePorts } from '../ports/make-ports.ts';

const LOOK_EVERY_MS = 1_000;
const LEASES_EVERY_MS = 5_000;
const CLEAR_FILES_EVERY_MS = 10 * 60_000;

/** The worker role: jobs, the heartbeat that hands on a dead process's jobs, and the looks for work whose hint was lost. */
export async function startJobs(context: Context, pool: pg.Pool): Promise<{ stop(): Promise<void> }> {
  const { log, config } = context;
  const runner = { context, makePorts };
  const deliverer: Deliverer = { context, senders: makeSenders(context), onTrouble: reportTrouble };
  const heartbeat = await startHeartbeat({ pool, log, roles: [...config.roles].join(',') });
  const tasks = [
    runVisitsTask(runner),
    replanItemTask(context),
    replanHoursTask(context),
    deliverTask(deliverer),
    importBatchTask(context),
  ];
  const worker = await startWorker({ pool, log, onWorkers: (ids) => heartbeat.setWorkers(ids) }, tasks);
  const looks = [
    repeat(context, { every: LOOK_EVERY_MS, work: () => runDueVisits(runner) }),
    repeat(context, { every: LOOK_EVERY_MS, work: () => deliverDue(deliverer) }),
    repeat(context, { every: LEASES_EVERY_MS, work: () => expireLeases(deliverer) }),
    repeat(context, {
      every: CLEAR_FILES_EVERY_MS,
      work: () => clearFilesAway(context, createStorage(context.config)),
    }),
  ];
  return {
    async stop() {
      await Promise.all(looks.map((look) => look.stop()));
      await worker.stop();
      await heartbeat.stop();
    },
  };
}

function makeSenders(context: Context): Senders {
  return { mail: createMailSender(context, { key: trackingKey(context), publicUrl: context.config.publicUrl }) };
}

/** One after the other, never two at once. */
function repeat({ log }: Context, { every, work }: { readonly every: number; work(): Promise<unknown> }) {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const turn = () => {
    running = work()
      .catch((error: unknown) => log.error({ err: error }, 'a look for due work failed; the next follows'))
      .then(() => {
        if (!stopped) timer = setTimeout(turn, every);
      });
  };
  timer = setTimeout(turn, every);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
