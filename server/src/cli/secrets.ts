import { rotateSecrets } from '../connections/channel-secrets.ts';
import { sealTotpAgain } from '../people/factors/totp-secrets.ts';
import { withContext } from './open-context.ts';

/** `secrets rotate`: a new key for the passwords of channels and the secrets of authenticator apps. */
export async function rotateKeys(): Promise<void> {
  const count = await withContext((context) => rotateSecrets(context, sealTotpAgain));
  process.stdout.write(`${count}\n`);
}
