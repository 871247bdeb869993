import { createHash, randomUUID } from 'node:crypto';
import { applyCallEvent } from '../../../channels/phone/calls/apply-call-event.ts';
import { findCall, type StoredCall } from '../../../channels/phone/kept/calls.store.ts';
import { findCallByPrefix, findOpenCall } from '../../../channels/phone/kept/rest-calls.store.ts';
import type { Line } from '../../../channels/phone/lines/line.ts';
import { partyOf } from '../../../channels/phone/lines/party.ts';
import { hasItemOfType } from '../../../crm/items/item-of-type.store.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Call, MethodResult } from '../rest/method.ts';
import { type Parameters, textOf } from '../rest/parameters.ts';
import { findEmployeeOf, getUsers } from './employee-of.ts';
import { isItemType, typeOfEntity } from './entity-types.ts';
import { getCallLine } from './find-line.ts';
import { getRestCall } from './get-call.ts';
import { checkMayTell, coreError, inCaller } from './in-caller.ts';

const directions: Readonly<Record<string, StoredCall['direction']>> = {
  // Out, in, in and handed on, a callback, an announcement.
  ...{ 1: 'outgoing', 2: 'incoming', 3: 'incoming', 4: 'outgoing', 5: 'outgoing' },
};
const REPEATED_MS = 30 * 60_000;

/** A call begins. The same EXTERNAL_CALL_ID, or the same call within half an hour, is the same call; another employee is one more phone. */
export async function registerCall(call: Call): Promise<MethodResult> {
  checkMayTell(call);
  const { parameters, context, caller } = call;
  const direction = directions[textOf(parameters, 'type') ?? ''];
  if (direction === undefined) throw coreError('Unknown TYPE');
  const now = context.clock.now();
  const item = itemOf(parameters);
  const itemId =
    item !== undefined && (await hasItemOfType(context.databases, caller.workspaceId, item)) ? item.id : null;
  return inCaller(call, async (tx) => {
    const line = await getCallLine(tx, textOf(parameters, 'line_number'));
    const number = partyOf(textOf(parameters, 'phone_number') ?? '', line.country);
    if (number === null) throw coreError('PHONE_NUMBER is not set');
    const employeeId = await findEmployeeOf(tx, { caller, line, parameters });
    if (employeeId === null) throw coreError('USER_ID or USER_PHONE_INNER should be set');
    const at = startOf(parameters, now);
    const sourceCallId = await idOf(tx, { line, number, direction, employeeId, at, parameters });
    const leg = { leg: `user-${employeeId}`, employee: { id: employeeId } };
    const event = { sourceCallId, kind: 'ringing' as const, at, direction, number, ...leg };
    const { callId } = await applyCallEvent(tx, line, event, { now, itemId });
    const made = callId === null ? undefined : await findCall(tx, callId);
    return { result: { CALL_ID: sourceCallId, CRM_CREATED_LEAD: null, CRM_CREATED_ENTITIES: [], ...clientOf(made) } };
  });
}

/** The card of a call comes up for more people. */
export function showCall(call: Call): Promise<MethodResult> {
  return tellUsers(call, 'ringing');
}

/** It goes again. */
export function hideCall(call: Call): Promise<MethodResult> {
  return tellUsers(call, 'leg-ended');
}

function tellUsers(call: Call, kind: 'ringing' | 'leg-ended'): Promise<MethodResult> {
  checkMayTell(call);
  const now = call.context.clock.now();
  return inCaller(call, async (tx) => {
    const { stored, line } = await getRestCall(tx, call.parameters);
    for (const id of await getUsers(tx, call)) {
      const event = { sourceCallId: stored.source_call_id, kind, at: now, leg: `user-${id}`, employee: { id } };
      if (stored.ended_at === null) await applyCallEvent(tx, line, event, { now });
    }
    return { result: true };
  });
}

/** `CRM_ENTITY_TYPE`, `CRM_ENTITY_ID` of a call, as the reference answers them. */
export function clientOf(call: StoredCall | undefined) {
  if (call?.contact_id != null) return { CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: call.contact_id };
  if (call?.company_id != null) return { CRM_ENTITY_TYPE: 'COMPANY', CRM_ENTITY_ID: call.company_id };
  return { CRM_ENTITY_TYPE: null, CRM_ENTITY_ID: null };
}

function itemOf(parameters: Parameters) {
  const type = typeOfEntity(textOf(parameters, 'crm_entity_type'));
  const id = Number(textOf(parameters, 'crm_entity_id'));
  return type !== undefined && isItemType(type) && Number.isSafeInteger(id) && id > 0 ? { type, id } : undefined;
}

function startOf(parameters: Parameters, now: Date): Date {
  const text = textOf(parameters, 'call_start_date') ?? '';
  const at = new Date(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) ? text : Number.NaN);
  return Number.isNaN(at.getTime()) ? now : at;
}

interface Registering {
  readonly line: Line;
  readonly number: string;
  readonly direction: StoredCall['direction'];
  readonly employeeId: number;
  readonly at: Date;
  readonly parameters: Parameters;
}

async function idOf(tx: Tx, { line, at, parameters, ...asked }: Registering): Promise<string> {
  const external = textOf(parameters, 'external_call_id') ?? '';
  const hash = createHash('md5')
    .update(external === '' ? randomUUID() : `${line.id} ${external}`)
    .digest('hex');
  const prefix = `externalCall.${hash}.`;
  const since = new Date(at.getTime() - REPEATED_MS);
  const known =
    external === ''
      ? await findOpenCall(tx, { ...asked, lineId: line.id, since })
      : await findCallByPrefix(tx, { lineId: line.id, prefix });
  return known?.source_call_id ?? `${prefix}${Math.floor(at.getTime() / 1_000)}`;
}
