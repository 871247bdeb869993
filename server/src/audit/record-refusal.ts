import { authorBy, sign } from '../platform/author.ts';
import type { Caller, Context } from '../platform/context.ts';
import { inWorkspace } from '../platform/db.ts';
import type { UserError } from '../platform/errors.ts';
import { record } from './record.ts';

/** Somebody known tried what they have no right to: in a transaction of its own, counted by the hour. */
export async function recordRefusal(
  { databases }: Context,
  caller: Caller,
  { method, path, error }: { readonly method: string; readonly path: string; readonly error: UserError },
): Promise<void> {
  const door = `${method} ${path}`;
  await inWorkspace(databases.app, caller.workspaceId, (tx) => {
    sign(tx, authorBy(caller));
    return record(tx, {
      ...{ kind: 'refused', on: { kind: 'route', id: door, name: door }, params: { right: error.code } },
      hourly: `refused ${caller.employeeId} ${error.code} ${door}`,
    });
  });
}
