import type { Context } from '../../../platform/context.ts';
import { inSystem, inWorkspace } from '../../../platform/db.ts';
import { deleteFile } from '../../../platform/files/files.store.ts';
import { listOutlived, setRecording } from '../kept/recordings.store.ts';
import { announceRecording } from '../telling/announce-call.ts';

const AT_ONCE = 500;

/** Deletes recordings that their line does not keep so long; their bytes follow with the trash. Answers how many. */
export async function deleteOldRecordings({ databases, clock }: Context): Promise<number> {
  const now = clock.now();
  const outlived = await inSystem(databases.system, (tx) => listOutlived(tx, { now, limit: AT_ONCE }));
  for (const { workspaceId, id, callId, fileId } of outlived) {
    await inWorkspace(databases.app, workspaceId, async (tx) => {
      await deleteFile(tx, fileId, now);
      await setRecording(tx, id, { state: 'deleted', file_id: null });
      announceRecording(tx, callId);
    });
  }
  return outlived.length;
}
