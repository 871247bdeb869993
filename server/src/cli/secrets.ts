import { rotateSecrets } from '../connections/channel-secrets.ts';
import { withContext } from './open-context.ts';

/** `secrets rotate`: a new key for the passwords of channels. */
export async function rotateKeys(): Promise<void> {
  const count = await withContext(rotateSecrets);
  process.stdout.write(`${count}\n`);
}
