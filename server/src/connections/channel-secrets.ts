import type { Config } from '../platform/config/config.ts';
import { addVaultKey, dropOldVaultKeys, openVault } from '../platform/config/vault.ts';
import type { Context } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
import type { CheckedSettings } from './channel-settings.ts';
import { lockSecrets, type StoredChannel, setSecrets } from './channels.store.ts';

type Secrets = CheckedSettings['secrets'];
type Place = Pick<Config, 'dataDir'>;

/** What somebody has typed, as it is stored: unreadable without DATA_DIR. What the channel had `earlier` is sealed and stays. */
export function sealGiven(
  { dataDir }: Place,
  { workspaceId, secrets, earlier }: { workspaceId: number; secrets: Secrets; earlier: Secrets },
): Secrets {
  const vault = openVault(dataDir);
  return eachText(secrets, (text, name) =>
    earlier[name] === text ? text : vault.seal(text, purposeOf(workspaceId, name)),
  );
}

function sealAgain({ dataDir }: Place, workspaceId: number, secrets: Secrets): Secrets {
  const vault = openVault(dataDir);
  return eachText(secrets, (text, name) =>
    vault.isSealed(text)
      ? text
      : vault.seal(vault.unseal(text, purposeOf(workspaceId, name)), purposeOf(workspaceId, name)),
  );
}

/** As the other side wants them. */
export function unsealSecrets({ dataDir }: Place, { workspaceId, secrets }: StoredChannel): Secrets {
  const vault = openVault(dataDir);
  return eachText(secrets, (text, name) => vault.unseal(text, purposeOf(workspaceId, name)));
}

/** Seals what was stored before secrets were, or with an earlier key; how many channels. */
export function sealAllSecrets({ databases, config }: Pick<Context, 'databases' | 'config'>): Promise<number> {
  return inSystem(databases.system, async (tx) => {
    let count = 0;
    for (const { workspaceId, id, secrets } of await lockSecrets(tx)) {
      const sealed = sealAgain(config, workspaceId, secrets);
      if (JSON.stringify(sealed) === JSON.stringify(secrets)) continue;
      await setSecrets(tx, { workspaceId, id, secrets: sealed });
      count += 1;
    }
    return count;
  });
}

/** A new key; everything is sealed with it - channels, and what `sealMore` knows of - and the earlier keys are gone. How many. */
export async function rotateSecrets(
  context: Pick<Context, 'databases' | 'config'>,
  sealMore: (context: Pick<Context, 'databases' | 'config'>) => Promise<number>,
): Promise<number> {
  const { dataDir } = context.config;
  openVault(dataDir);
  addVaultKey(dataDir);
  const count = (await sealAllSecrets(context)) + (await sealMore(context));
  dropOldVaultKeys(dataDir);
  return count;
}

const purposeOf = (workspaceId: number, name: string) => `workspace ${workspaceId} ${name}`;

function eachText(secrets: Secrets, change: (text: string, name: string) => string): Secrets {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, value]) => [name, typeof value === 'string' ? change(value, name) : value]),
  );
}
