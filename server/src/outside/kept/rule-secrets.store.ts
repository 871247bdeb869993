import './tables.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

/** A secret of a rule, unreadable without DATA_DIR. */
export interface RuleSecret {
  readonly token: string;
  readonly sealed: string;
  /** Null: no board that holds it has been saved. */
  readonly origin: string | null;
}

export async function insertRuleSecret(
  tx: Tx,
  { token, sealed, origin, madeBy, at }: RuleSecret & { readonly madeBy: number | null; readonly at: Date },
): Promise<void> {
  await tx
    .insertInto('rule_secrets')
    .values({ workspace_id: workspaceOf(tx), token, sealed, origin, made_by: madeBy, made_at: at })
    .execute();
}

export async function listRuleSecrets(tx: Tx, tokens: readonly string[]): Promise<ReadonlyMap<string, RuleSecret>> {
  if (tokens.length === 0) return new Map();
  const rows = await tx
    .selectFrom('rule_secrets')
    .select(['token', 'sealed', 'origin'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('token', 'in', [...tokens])
    .execute();
  return new Map(rows.map((row) => [row.token, row]));
}

/** From now on it goes to this place alone. */
export async function setOrigin(tx: Tx, token: string, origin: string): Promise<void> {
  await tx
    .updateTable('rule_secrets')
    .set({ origin })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('token', '=', token)
    .where('origin', 'is', null)
    .execute();
}

/** Of all workspaces, locked until the end of the transaction. */
export function lockRuleSecrets(tx: Tx) {
  return tx.selectFrom('rule_secrets').select(['workspace_id', 'token', 'sealed']).forUpdate().execute();
}

export async function setSealed(
  tx: Tx,
  { workspace_id, token, sealed }: { readonly workspace_id: number; readonly token: string; readonly sealed: string },
): Promise<void> {
  await tx
    .updateTable('rule_secrets')
    .set({ sealed })
    .where('workspace_id', '=', workspace_id)
    .where('token', '=', token)
    .execute();
}
