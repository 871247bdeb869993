import './tables.ts';
import type { OutgoingRequest } from '@signalbox/automation/rules/outside/port.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import type { DB } from '../../platform/schema.ts';

/** A request to another system, and what was answered. */
export interface StoredWebhook extends OutgoingRequest {
  readonly id: number;
  readonly outboxId: number;
  readonly answer: Answer | null;
}

export interface Answer {
  readonly status: number;
  readonly results: Readonly<Record<string, unknown>>;
}

export async function insertWebhook(
  tx: Tx,
  { request, outboxId, at }: { readonly request: OutgoingRequest; readonly outboxId: number; readonly at: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto('webhooks')
    .values({
      ...{ workspace_id: workspaceOf(tx), outbox_id: outboxId, created_at: at },
      ...{ method: request.method, url: request.url, body: request.body, signing_secret: request.signingSecret },
      headers: JSON.stringify(request.headers),
      wanted: request.wanted === null ? null : JSON.stringify(request.wanted),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function findWebhook(
  tx: Tx,
  by: { readonly id: number } | { readonly outboxId: number },
): Promise<StoredWebhook | undefined> {
  const [column, value] = 'id' in by ? (['id', by.id] as const) : (['outbox_id', by.outboxId] as const);
  const row = await tx
    .selectFrom('webhooks')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .where(column, '=', value)
    .executeTakeFirst();
  return row && toWebhook(row);
}

/** What it carried is let go: it has arrived. */
export async function setAnswer(tx: Tx, id: number, { status, results }: Answer, at: Date): Promise<void> {
  await tx
    .updateTable('webhooks')
    .set({ status, results: JSON.stringify(results), answered_at: at, body: null, headers: '[]' })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

const header = z.object({ name: z.string(), value: z.string(), secret: z.boolean() });
const wanted = z.record(z.string(), z.string());
const results = z.record(z.string(), z.unknown());

function toWebhook(row: Selectable<DB['webhooks']>): StoredWebhook {
  return {
    ...{ id: row.id, outboxId: row.outbox_id, method: row.method, url: row.url, body: row.body },
    headers: z.array(header).parse(row.headers),
    signingSecret: row.signing_secret,
    wanted: row.wanted === null ? null : wanted.parse(row.wanted),
    answer: row.status === null ? null : { status: row.status, results: results.parse(row.results ?? {}) },
  };
}

/** Of a request that never left. */
export async function removeWebhook(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('webhooks').where('workspace_id', '=', workspaceOf(tx)).where('id', '=', id).execute();
}
