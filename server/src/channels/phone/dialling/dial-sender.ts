import { because, reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import { findChannel } from '../../../connections/channels.store.ts';
import type { Delivery } from '../../../outbox/outbox.store.ts';
import type { Sender, SendResult } from '../../../outbox/sender.ts';
import type { Context } from '../../../platform/context.ts';
import { inWorkspace, type Tx } from '../../../platform/db.ts';
import { applyCallEvent } from '../calls/apply-call-event.ts';
import { findCallInOutbox, renameCall } from '../kept/calls.store.ts';
import { loadLine } from '../lines/line.ts';
import type { CallSource, Dialled, DialOrder } from '../sources/source.ts';

type Ordered = Pick<Delivery, 'id' | 'workspaceId' | 'channelId'>;

interface DialSender extends Sender {
  send(delivery: Ordered): Promise<SendResult>;
}

/** The sender of outbox rows of kind `dial`: the exchange of the line is asked to make the call. */
export function createDialSender(context: Context, sources: readonly CallSource[]): DialSender {
  const { databases, clock } = context;
  const ask = async (delivery: Ordered): Promise<SendResult> => {
    const order = await inWorkspace(databases.app, delivery.workspaceId, (tx) => load(tx, delivery));
    const source = sources.find(({ provider }) => provider === order?.channel.provider);
    if (order === undefined || source?.dial === undefined)
      return { outcome: 'permanent', reason: because('unexpected', { message: 'the call or its line is gone' }) };
    const dialled = await source.dial(context, order);
    await inWorkspace(databases.app, delivery.workspaceId, (tx) => note(tx, order, { dialled, now: clock.now() }));
    return dialled;
  };
  // The phone of the sandbox rings in the browser, where the call stands already.
  return { send: ask, sendInside: async () => ({ outcome: 'sent' }) };
}

async function load(tx: Tx, { id, channelId, workspaceId }: Ordered): Promise<DialOrder | undefined> {
  const call = await findCallInOutbox(tx, id);
  const channel = channelId === null ? undefined : await findChannel(tx, channelId);
  const line = channel && (await loadLine(tx, channel.id));
  if (call?.number == null || call.employee_id === null || channel === undefined || line === undefined)
    return undefined;
  const { employee_id: employeeId, number } = call;
  const extension = line.employees.find(({ employee }) => employee === employeeId)?.extension;
  return {
    ...{ workspaceId, channel, line, callId: call.id, sourceCallId: call.source_call_id, employeeId, number },
    extension: extension === undefined || extension === '' ? null : extension,
  };
}

// A call that was not made has failed, with what the exchange said.
async function note(tx: Tx, order: DialOrder, { dialled, now }: { dialled: Dialled; now: Date }): Promise<void> {
  const { callId, line, sourceCallId } = order;
  if (dialled.outcome === 'sent') {
    if (dialled.sourceCallId !== undefined)
      await renameCall(tx, { callId, lineId: line.id, sourceCallId: dialled.sourceCallId });
    return;
  }
  if (dialled.outcome === 'temporary') return;
  const statusCode = reasonText(dialled.reason);
  await applyCallEvent(tx, line, { sourceCallId, kind: 'ended', at: now, outcome: 'failed', statusCode }, { now });
}
