import { Readable } from 'node:stream';
import { insertRecording } from '../../../channels/phone/kept/recordings.store.ts';
import { keepRecording, MAX_RECORDING_BYTES } from '../../../channels/phone/recordings/keep-recording.ts';
import { orderRecording } from '../../../channels/phone/recordings/order-recording.ts';
import { createStorage } from '../../../platform/files/create-storage.ts';
import type { Call, MethodResult } from '../rest/method.ts';
import { textOf } from '../rest/parameters.ts';
import { getRestCall } from './get-call.ts';
import { checkMayTell, coreError, inCaller } from './in-caller.ts';

/** By its address (RECORD_URL), fetched soon, or whole (FILENAME, FILE_CONTENT in base64). */
export async function attachRecord(call: Call): Promise<MethodResult> {
  checkMayTell(call);
  const { context, caller, parameters } = call;
  const now = context.clock.now();
  const url = textOf(parameters, 'record_url') || textOf(parameters, 'url') || '';
  const content = textOf(parameters, 'file_content') ?? '';
  if (url === '' && content === '')
    throw coreError('Required parameters are not set. Request should contain either URL or FILENAME parameter');
  const { stored, line } = await inCaller(call, async (tx) => {
    const found = await getRestCall(tx, parameters);
    if (url !== '') await orderRecording(tx, { callId: found.stored.id, url, now });
    return found;
  });
  if (content !== '' && line.recordings === 'keep') {
    const bytes = Buffer.from(content, 'base64');
    if (bytes.length > MAX_RECORDING_BYTES) throw coreError('The recording is too large');
    await keepRecording(context, createStorage(context.config), {
      ...{
        workspaceId: caller.workspaceId,
        callId: stored.id,
        authorId: caller.employeeId,
        body: Readable.from([bytes]),
      },
      note: (tx, fileId) =>
        insertRecording(tx, { callId: stored.id, url: null, fileId, keepDays: line.keepRecordingsDays, now }),
    });
  }
  return { result: { FILE_ID: stored.id } };
}
