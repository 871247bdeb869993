import type { Tx } from '../../../../platform/db.ts';

/** Of all workspaces: whose line it is. Needs the system role. */
export async function findTwilioWorkspace(tx: Tx, lineId: number): Promise<number | undefined> {
  const row = await tx
    .selectFrom('channels')
    .select('workspace_id')
    .where('id', '=', lineId)
    .where('kind', '=', 'phone-line')
    .where('provider', '=', 'twilio')
    .executeTakeFirst();
  return row?.workspace_id;
}
