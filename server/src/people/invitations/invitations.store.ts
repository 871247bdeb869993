import type { Databases, Tx } from '../../platform/db.ts';

interface NewInvitation {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly tokenHash: Buffer;
  readonly expiresAt: Date;
}

export async function addInvitation(tx: Tx, invitation: NewInvitation): Promise<void> {
  await tx
    .insertInto('invitations')
    .values({
      workspace_id: invitation.workspaceId,
      employee_id: invitation.employeeId,
      token_hash: invitation.tokenHash,
      expires_at: invitation.expiresAt,
    })
    .execute();
}

/** One that still works; of the system role, for nobody has signed in yet. */
export function findInvitation(db: Databases['system'], key: InvitationKey) {
  return selectInvitation(db, key).executeTakeFirst();
}

/** The same, and nobody else uses it up meanwhile. */
export function lockInvitation(tx: Tx, key: InvitationKey) {
  return selectInvitation(tx, key).forUpdate('i').executeTakeFirst();
}

export async function useInvitation(
  tx: Tx,
  { workspaceId, id, now }: { workspaceId: number; id: number; now: Date },
): Promise<void> {
  await tx
    .updateTable('invitations')
    .set({ accepted_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

interface InvitationKey {
  readonly tokenHash: Buffer;
  readonly now: Date;
}

function selectInvitation(db: Tx | Databases['system'], { tokenHash, now }: InvitationKey) {
  return db
    .selectFrom('invitations as i')
    .innerJoin('employees as e', (join) =>
      join.onRef('e.workspace_id', '=', 'i.workspace_id').onRef('e.id', '=', 'i.employee_id'),
    )
    .innerJoin('workspaces as w', 'w.id', 'i.workspace_id')
    .select(['i.id', 'i.workspace_id', 'i.employee_id', 'e.email', 'e.name', 'w.name as workspaceName'])
    .where('i.token_hash', '=', tokenHash)
    .where('i.accepted_at', 'is', null)
    .where('i.expires_at', '>', now)
    .where('e.dismissed_at', 'is', null);
}
