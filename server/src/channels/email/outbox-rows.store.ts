import { type Reason, readReason } from '@signalbox/automation/kit/words/reasons.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

interface MailDelivery {
  readonly emailId: number;
  readonly mailboxId: number;
  readonly itemId: number | null;
  readonly runId: number | null;
  readonly at: Date;
}

/** The outbox row of a mail: everything else stands in `emails`. */
export async function insertMailDelivery(
  tx: Tx,
  { emailId, mailboxId, itemId, runId, at }: MailDelivery,
): Promise<number> {
  const { id } = await tx
    .insertInto('outbox')
    .values({
      ...{
        workspace_id: workspaceOf(tx),
        kind: 'mail',
        channel_id: mailboxId,
        run_id: runId,
        item_id: itemId,
        email_id: emailId,
      },
      ...{ payload: '{}', idempotency_key: `mail:${emailId}`, next_at: at, created_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface DeliveryState {
  readonly id: number;
  readonly emailId: number;
  readonly state: 'queued' | 'sending' | 'sent' | 'failed' | 'uncertain';
  readonly error: string | null;
  readonly reason: Reason | null;
}

export async function listDeliveries(tx: Tx, emailIds: readonly number[]): Promise<DeliveryState[]> {
  if (emailIds.length === 0) return [];
  const rows = await tx
    .selectFrom('outbox')
    .select(['id', 'email_id', 'state', 'error', 'reason'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('email_id', 'in', [...emailIds])
    .execute();
  return rows.map(({ id, email_id: emailId, state, error, reason }) => ({
    ...{ id, emailId: emailId ?? 0, state, error },
    reason: readReason(reason),
  }));
}
