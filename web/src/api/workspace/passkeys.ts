import {
  assertionOptions,
  attestationOptions,
  type newPasskey,
  recoveryCodes,
  signInOwes,
} from '@signalbox/contract/people/second-factor.ts';
import type { z } from 'zod';
import { write, writeAndRead } from '../transport/request.ts';

/** The browser was asked and gave no passkey: there is none, or somebody closed its question. */
export class NoPasskey extends Error {
  override readonly name = 'NoPasskey';
}

// Half of the sign-in page's weight, and most people never press it.
const browser = () => import('@simplewebauthn/browser');

/** Does this browser, at this address, know of passkeys? They belong to a name. */
export const passkeysWork = () =>
  'PublicKeyCredential' in window && !/^(\d+\.){3}\d+$|^\[/.test(window.location.hostname);

/** Signs in without a password. */
export async function signInByPasskey() {
  const passkey = await sign('/api/v1/session/passkey/options');
  return write('POST', '/api/v1/session/passkey', { body: { passkey }, answer: signInOwes.optional() });
}

/** Whatever one of one's own passkeys has to prove. */
export const signByOwnPasskey = () => sign('/api/v1/session/second/passkey');

async function sign(options: string) {
  const { startAuthentication } = await browser();
  const optionsJSON = await writeAndRead('POST', options, { answer: assertionOptions });
  const { id, rawId, type, response } = await startAuthentication({ optionsJSON }).catch(refuse);
  return { id, rawId, type, response };
}

/** Makes a passkey and keeps it under a name; recovery codes with the first second factor. */
export async function addPasskey(name: string) {
  const { startRegistration } = await browser();
  const optionsJSON = await writeAndRead('POST', '/api/v1/me/passkeys/options', { answer: attestationOptions });
  const { id, rawId, type, response } = await startRegistration({ optionsJSON }).catch(refuse);
  const { clientDataJSON, attestationObject, transports } = response;
  const passkey = { id, rawId, type, response: { clientDataJSON, attestationObject, transports } };
  const body: z.input<typeof newPasskey> = { name, passkey };
  return writeAndRead('POST', '/api/v1/me/passkeys', { answer: recoveryCodes, body });
}

function refuse(cause: unknown): never {
  throw new NoPasskey('', { cause });
}
