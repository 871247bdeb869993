import { record } from '../../audit/record.ts';
import type { Tx } from '../../platform/db.ts';

interface KeyMeant {
  readonly id: number;
  readonly kind: 'api' | 'webhook';
  readonly name: string;
  /** The name of the employee it belongs to. */
  readonly owner: string;
  readonly workspaceId?: number;
}

/** That a key or an inbound webhook was made or revoked; never its secret. */
export async function recordKey(
  tx: Tx,
  what: 'made' | 'revoked',
  { id, kind, name, owner, workspaceId }: KeyMeant,
): Promise<void> {
  await record(tx, {
    kind: kind === 'webhook' ? `webhook-${what}` : `key-${what}`,
    ...{ on: { kind: 'key', id, name: name === '' ? `#${id}` : name }, params: { owner } },
    ...(workspaceId !== undefined && { workspaceId }),
  });
}
