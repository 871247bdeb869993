import { rotateSecrets } from '../connections/channel-secrets.ts';
import { sealRuleSecretsAgain } from '../outside/secrets/rule-vault.ts';
import { sealTotpAgain } from '../people/factors/totp-secrets.ts';
import { withContext } from './open-context.ts';

/** `secrets rotate`: a new key for the passwords of channels and the secrets of authenticator apps. */
export async function rotateKeys(): Promise<void> {
  const count = await withContext((context) =>
    rotateSecrets(context, async (opened) => (await sealTotpAgain(opened)) + (await sealRuleSecretsAgain(opened))),
  );
  process.stdout.write(`${count}\n`);
}
