import { randomBytes } from 'node:crypto';
import type { Config } from '../../platform/config/config.ts';
import { openVault } from '../../platform/config/vault.ts';
import type { Context } from '../../platform/context.ts';
import { inSystem, type Tx } from '../../platform/db.ts';
import { insertRuleSecret, lockRuleSecrets, type RuleSecret, setSealed } from '../kept/rule-secrets.store.ts';

type Place = Pick<Config, 'dataDir'>;

interface Given {
  readonly workspaceId: number;
  readonly text: string;
  readonly origin: string | null;
  readonly byId: number | null;
  readonly now: Date;
}

/** Keeps a secret apart; answers what stands for it in settings. */
export async function keepSecret(tx: Tx, { dataDir }: Place, given: Given): Promise<string> {
  const token = `kept:${randomBytes(16).toString('base64url')}`;
  const sealed = openVault(dataDir).seal(given.text, purposeOf(given.workspaceId, token));
  await insertRuleSecret(tx, { token, sealed, origin: given.origin, madeBy: given.byId, at: given.now });
  return token;
}

/** As the other side wants it. */
export function unsealRuleSecret({ dataDir }: Place, workspaceId: number, { sealed, token }: RuleSecret): string {
  return openVault(dataDir).unseal(sealed, purposeOf(workspaceId, token));
}

/** Seals with the newest key what was sealed with an earlier one; how many. */
export function sealRuleSecretsAgain({ databases, config }: Pick<Context, 'databases' | 'config'>): Promise<number> {
  const vault = openVault(config.dataDir);
  return inSystem(databases.system, async (tx) => {
    const old = (await lockRuleSecrets(tx)).filter(({ sealed }) => !vault.isSealed(sealed));
    for (const one of old) {
      const purpose = purposeOf(one.workspace_id, one.token);
      await setSealed(tx, { ...one, sealed: vault.seal(vault.unseal(one.sealed, purpose), purpose) });
    }
    return old.length;
  });
}

const purposeOf = (workspaceId: number, token: string) => `workspace ${workspaceId} rule ${token}`;
