import { checkChannelSettings } from '../../../connections/channel-settings.ts';
import { findChannelUse, whyNeeded } from '../../../connections/channel-use.ts';
import {
  deleteChannel,
  insertChannel,
  type StoredChannel,
  updateChannel,
} from '../../../connections/channels.store.ts';
import { recordChannel } from '../../../connections/record-channel.ts';
import type { Tx } from '../../../platform/db.ts';
import { announce } from '../../../platform/realtime.ts';
import type { Call, MethodResult } from '../rest/method.ts';
import { isYes, type Parameters, textOf } from '../rest/parameters.ts';
import { RestError } from '../rest/rest-error.ts';
import { findRestLine, listRestLines, PROVIDER } from './find-line.ts';
import { inCaller } from './in-caller.ts';

/** A number that is there already keeps its id and gets the new name. */
export function addLine(call: Call): Promise<MethodResult> {
  checkMaySet(call);
  const number = numberOf(call.parameters);
  return inCaller(call, async (tx) => {
    const known = await findRestLine(tx, number);
    if (known !== undefined) return { result: { ID: (await change(tx, known, call.parameters)).id } };
    const kind = { kind: 'phone-line', provider: PROVIDER } as const;
    const settings = checkChannelSettings({ ...kind, settings: { number, ...policyOf(call.parameters) } });
    const name = textOf(call.parameters, 'name') || number;
    const made = await insertChannel(tx, { ...kind, name, ...settings });
    await recordChannel(tx, 'channel-made', { before: null, after: made });
    announce(tx, { topic: 'channels', kind: 'created', channel: made.id });
    return { result: { ID: made.id } };
  });
}

export function updateLine(call: Call): Promise<MethodResult> {
  checkMaySet(call);
  return inCaller(call, async (tx) => {
    const known = await getRestLine(tx, numberOf(call.parameters));
    return { result: { ID: String((await change(tx, known, call.parameters)).id) } };
  });
}

export function deleteLine(call: Call): Promise<MethodResult> {
  checkMaySet(call);
  return inCaller(call, async (tx) => {
    const known = await getRestLine(tx, numberOf(call.parameters));
    const because = whyNeeded(await findChannelUse(tx, known));
    if (because !== null) throw new RestError('ERROR_CORE', because);
    await deleteChannel(tx, known.id);
    await recordChannel(tx, 'channel-deleted', { before: known, after: null });
    announce(tx, { topic: 'channels', kind: 'deleted', channel: known.id });
    return { result: [] };
  });
}

export function listLines(call: Call): Promise<MethodResult> {
  return inCaller(call, async (tx) => {
    const lines = await listRestLines(tx);
    const result = lines.map(({ name, settings: { number, unknownClient } }) => ({
      ...{ NUMBER: number ?? '', NAME: name, CRM_AUTO_CREATE: unknownClient === 'ignore' ? 'N' : 'Y' },
    }));
    return { result };
  });
}

function checkMaySet({ caller }: Call): void {
  if (!caller.rights.areas.settings) throw new RestError('ACCESS_DENIED', 'Access denied!', 403);
}

function numberOf(parameters: Parameters): string {
  const number = textOf(parameters, 'number') ?? '';
  if (number === '') throw new RestError('ERROR_ARGUMENT', "Argument 'NUMBER' is null or empty");
  return number;
}

// Without a word about it unknown clients become leads, as in the reference.
function policyOf(parameters: Parameters): { unknownClient?: string } {
  const asked = parameters.get('crm_auto_create');
  return asked === undefined ? {} : { unknownClient: isYes(asked) ? 'create lead' : 'ignore' };
}

async function getRestLine(tx: Tx, number: string): Promise<StoredChannel> {
  const found = await findRestLine(tx, number);
  if (found === undefined) throw new RestError('ERROR_NOT_FOUND', `External line with number ${number} is not found`);
  return found;
}

async function change(tx: Tx, known: StoredChannel, parameters: Parameters): Promise<StoredChannel> {
  const settings = checkChannelSettings({ ...known, settings: policyOf(parameters), earlier: known });
  const changed = { ...known, ...settings, name: textOf(parameters, 'name') || known.name };
  await updateChannel(tx, changed);
  await recordChannel(tx, 'channel-changed', { before: known, after: changed });
  announce(tx, { topic: 'channels', kind: 'changed', channel: known.id });
  return changed;
}
