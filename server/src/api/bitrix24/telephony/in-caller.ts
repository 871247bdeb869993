import { hasWhole } from '../../../access/sees-everything.ts';
import { authorBy, sign } from '../../../platform/author.ts';
import { inWorkspace, type Tx } from '../../../platform/db.ts';
import type { Call } from '../rest/method.ts';
import { RestError } from '../rest/rest-error.ts';

/** One transaction of whoever calls, who answers for it. */
export function inCaller<T>({ context, caller }: Call, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inWorkspace(context.databases.app, caller.workspaceId, (tx) => {
    sign(tx, authorBy(caller));
    return work(tx);
  });
}

/** Calls move the items of any client: whoever tells of them may change all. */
export function checkMayTell({ caller }: Call): void {
  if (!hasWhole(caller.rights, 'change')) throw new RestError('ACCESS_DENIED', 'Access denied!', 403);
}

export const coreError = (description: string) => new RestError('ERROR_CORE', description);
