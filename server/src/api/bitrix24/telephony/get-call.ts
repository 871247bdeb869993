import type { StoredCall } from '../../../channels/phone/kept/calls.store.ts';
import { findCallOfLines } from '../../../channels/phone/kept/rest-calls.store.ts';
import { type Line, loadLine } from '../../../channels/phone/lines/line.ts';
import type { Tx } from '../../../platform/db.ts';
import { type Parameters, textOf } from '../rest/parameters.ts';
import { RestError } from '../rest/rest-error.ts';
import { listRestLines } from './find-line.ts';

/** The call that CALL_ID names. */
export async function getRestCall(tx: Tx, parameters: Parameters): Promise<{ stored: StoredCall; line: Line }> {
  const sourceCallId = textOf(parameters, 'call_id') ?? '';
  if (sourceCallId === '') throw new RestError('INVALID_ARGUMENT', 'CALL_ID must be a string');
  const lineIds = (await listRestLines(tx)).map(({ id }) => id);
  const stored = await findCallOfLines(tx, { lineIds, sourceCallId });
  const line = stored && (await loadLine(tx, stored.line_id));
  if (stored === undefined || line === undefined)
    throw new RestError('ERROR_NOT_FOUND', 'Call is not found (is the parameter CALL_ID correct?)');
  return { stored, line };
}
