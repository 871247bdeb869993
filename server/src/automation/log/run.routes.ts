import {
  delivery,
  ruleParams,
  run,
  runForItems as runForItemsAnswer,
  runForItemsBody,
} from '@signalbox/contract/automation/runs.ts';
import { idParams } from '@signalbox/contract/common.ts';
import { accessItem } from '../../access/access-item.ts';
import { findOwned } from '../../access/owned-items.store.ts';
import { findDelivery } from '../../outbox/outbox.store.ts';
import type { Undoes } from '../../parts/undoing.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { actingOf } from '../editing/board-file.routes.ts';
import type { Acting } from '../moves/acting.ts';
import type { Run } from '../visits/runs.store.ts';
import { getVisitedRun } from './item-runs.store.ts';
import { presentRuns } from './present-runs.ts';
import { cancelRun, resend, retryRun, runNow } from './run-commands.ts';
import { runForItems } from './run-for-items.ts';

export const runRoutes = (context: Context, undoes: Undoes): Route[] => [
  command(context, { verb: 'run-now', summary: 'Do not wait: carry out a waiting run now', change: runNow, undoes }),
  command(context, { verb: 'cancel', summary: 'Cancel a waiting run', change: cancelRun, undoes }),
  command(context, {
    verb: 'retry',
    summary: 'Try a failed run again; effects already there are not repeated',
    change: retryRun,
    undoes,
  }),
  forItems(context),
  retryDelivery(context),
];

interface RunCommand {
  readonly undoes: Undoes;
  readonly verb: string;
  readonly summary: string;
  change(tx: Tx, acting: Acting, id: number): Promise<Run>;
}

const command = (context: Context, { verb, summary, change, undoes }: RunCommand) =>
  route({
    method: 'POST',
    path: `/api/v1/runs/:id/${verb}`,
    summary,
    tag: 'Automation',
    access: 'employee',
    params: idParams,
    answers: { 200: run },
    handle: ({ caller, params, write }) =>
      write(async (tx) => {
        const { itemId } = await change(tx, actingOf(context, caller), params.id);
        const type = (await findOwned(tx, itemId))?.type ?? '';
        const reader = { rights: caller.rights, type };
        const [body] = await presentRuns(tx, await getVisitedRun(tx, params.id), { reader, undoes });
        return { status: 200, body };
      }),
  });

const forItems = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/automation/:type/:pipeline/rules/:id/run',
    summary: 'Also run a rule for the items that are on its stage now; `dryRun` only lists them',
    tag: 'Automation',
    access: 'automation',
    params: ruleParams,
    body: runForItemsBody.prefault({}),
    answers: { 200: runForItemsAnswer },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        const { type, pipeline, id } = params;
        const items = await runForItems(tx, actingOf(context, caller), {
          address: { type, pipeline },
          ruleId: id,
          dryRun: body.dryRun,
        });
        return { status: 200, body: { items } };
      }),
  });

const retryDelivery = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/deliveries/:id/retry',
    summary: 'Send a failed or uncertain delivery again; never done by itself',
    tag: 'Automation',
    access: 'employee',
    params: idParams,
    answers: { 200: delivery },
    handle: ({ caller, params, write }) =>
      write(async (tx) => {
        const found = await findDelivery(tx, params.id);
        if (found === undefined) throw notFound(`Delivery ${params.id}`);
        if (found.itemId !== null) await accessItem(tx, caller, found.itemId, 'change');
        else if (!caller.rights.areas.mail) throw notFound(`Delivery ${params.id}`);
        const sent = await resend(tx, actingOf(context, caller), { outboxId: found.id, runId: found.runId });
        if (!sent)
          throw conflict(
            'delivery-state',
            `Only a failed or uncertain delivery can be sent again; this one is ${found.state}`,
          );
        const now = await findDelivery(tx, params.id);
        const { state, error, reason } = now ?? found;
        return { status: 200, body: { id: found.id, state, error, reason } };
      }),
  });
