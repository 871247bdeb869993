import { openVault } from '../../platform/config/vault.ts';
import type { Context } from '../../platform/context.ts';
import { inSystem } from '../../platform/db.ts';
import { listTotpSecrets, setTotpSecret } from './factors.store.ts';

type Place = { readonly dataDir: string };

const purposeOf = (accountId: string) => `totp ${accountId}`;

/** As it is stored: unreadable without DATA_DIR, and of no use in another account's row. */
export const sealTotp = ({ dataDir }: Place, accountId: string, secret: string) =>
  openVault(dataDir).seal(secret, purposeOf(accountId));

export const unsealTotp = ({ dataDir }: Place, accountId: string, sealed: string) =>
  openVault(dataDir).unseal(sealed, purposeOf(accountId));

/** Those that an earlier key has sealed, with the newest one; how many. */
export function sealTotpAgain({ databases, config }: Pick<Context, 'databases' | 'config'>): Promise<number> {
  const vault = openVault(config.dataDir);
  return inSystem(databases.system, async (tx) => {
    const old = (await listTotpSecrets(tx)).filter(({ secret }) => !vault.isSealed(secret));
    for (const { accountId, secret } of old)
      await setTotpSecret(tx, accountId, sealTotp(config, accountId, unsealTotp(config, accountId, secret)));
    return old.length;
  });
}
