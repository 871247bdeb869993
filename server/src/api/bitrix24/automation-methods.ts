import { randomUUID } from 'node:crypto';
import { checkMayRecord } from '../../access/may-record.ts';
import { hasWhole } from '../../access/sees-everything.ts';
import { hasItemOfType, type ItemOfType } from '../../crm/items/item-of-type.store.ts';
import { UserError } from '../../platform/errors.ts';
import { UnknownTie } from '../../signals/recorder.ts';
import type { Call, Method } from './rest/method.ts';
import { textOf } from './rest/parameters.ts';
import { RestError } from './rest/rest-error.ts';

/** crm.automation.*: what other systems call to move an item (bitrix24-rest.md 3). */
export const automationMethods: readonly Method[] = [
  { name: 'crm.automation.trigger', scope: 'crm', run: callTrigger },
];

const typeOfTarget: Readonly<Record<string, string>> = {
  LEAD: 'lead',
  DEAL: 'deal',
  QUOTE: 'quote',
  SMART_INVOICE: 'invoice',
};

// Answered when the signal is recorded; it is decided soon after.
async function callTrigger(call: Call): Promise<{ result: true }> {
  const { context, recorder, caller, parameters } = call;
  const target = readTarget(textOf(parameters, 'target'));
  const code = textOf(parameters, 'code') ?? '';
  if (code === '') throw new RestError('', 'Code is not set.');
  const itemType = await typeToFind(call, target);
  await checkMayRecord(context, caller, [{ item: target.id }]).catch(refuse);

  const signal = {
    kind: 'webhook.called',
    sourceKey: `webhook ${randomUUID()}`,
    occurredAt: context.clock.now(),
    payload: { code, ...dataOf(call) },
    ...{ items: [target.id], itemType },
  };
  await recorder.record(caller.workspaceId, [signal]).catch((error: unknown) => {
    throw error instanceof UnknownTie ? targetNotFound() : error;
  });
  return { result: true };
}

// Who may change everything learns from the recording whether there is such an item: this is the busiest address there is.
async function typeToFind({ context, caller }: Call, target: ItemOfType): Promise<string | undefined> {
  if (typeof target.type === 'string' && hasWhole(caller.rights, 'change')) return target.type;
  if (!(await hasItemOfType(context.databases, caller.workspaceId, target))) throw targetNotFound();
  return undefined;
}

// What may not be seen is not there; what may be seen and not changed is refused as the reference does.
function refuse(error: unknown): never {
  if (!(error instanceof UserError)) throw error;
  throw error.status === 404 ? targetNotFound() : new RestError('ACCESS_DENIED', 'Access denied.', 403);
}

const targetNotFound = () => new RestError('', 'Target is not found.');

function readTarget(text: string | undefined): ItemOfType {
  if (text === undefined || text === '') throw new RestError('', 'Target is not set.');
  const [, name, process, id] = /^(LEAD|DEAL|QUOTE|SMART_INVOICE|DYNAMIC_(\d{1,15}))_(\d{1,15})$/i.exec(text) ?? [];
  if (name === undefined) throw new RestError('', 'Incorrect target format.');
  return { type: typeOfTarget[name.toUpperCase()] ?? Number(process), id: Number(id) };
}

// What else was sent can be used in conditions and texts as `signal.data.*`.
function dataOf({ parameters }: Call): { data?: Record<string, unknown> } {
  const data = Object.fromEntries(
    [...parameters].filter(([name]) => name !== 'target' && name !== 'code' && name !== 'auth'),
  );
  return Object.keys(data).length === 0 ? {} : { data };
}
