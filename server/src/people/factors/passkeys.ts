import { isIP } from 'node:net';
import type { PasskeyAssertion, passkeyAttestation } from '@signalbox/contract/people/second-factor.ts';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { inSystem } from '../../platform/db.ts';
import { conflict } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { createChallenges } from './challenges.ts';
import { addPasskey, findPasskey, listPasskeys, markPasskeyUsed, type Passkey } from './factors.store.ts';

type Transport = NonNullable<z.infer<typeof passkeyAttestation>['response']['transports']>[number];
const transportNames: readonly Transport[] = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

export interface Owner {
  readonly accountId: string;
  readonly sessionId: string;
  readonly email: string;
}

interface NewPasskey {
  readonly name: string;
  readonly passkey: z.infer<typeof passkeyAttestation>;
}

/** Of whom an answer has to be: of a session's account, or - signing in without a password - of whoever proves to be somebody. */
type Expected = Pick<Owner, 'accountId' | 'sessionId'> | 'anybody';

export type Passkeys = ReturnType<typeof createPasskeys>;

/** Passkeys by the origin of PUBLIC_URL (WebAuthn); a challenge is for one session and is answered once. */
export function createPasskeys(context: Context) {
  const { databases, config, clock } = context;
  const { origin, hostname } = new URL(config.publicUrl);
  const challenges = createChallenges(context);
  const known = (accountId: string) => inSystem(databases.system, (tx) => listPasskeys(tx, accountId));
  const relyingParty = () => {
    if (isAddress(hostname)) throw conflict('no-passkeys', 'Passkeys need a name in PUBLIC_URL, not an address');
    return hostname;
  };

  return {
    /** Passkeys belong to a name: an address has none. */
    work: !isAddress(hostname),

    async attestationOptions({ accountId, sessionId, email }: Owner) {
      const excludeCredentials = (await known(accountId)).map(described);
      return generateRegistrationOptions({
        ...{ rpName: 'Signalbox', rpID: relyingParty(), userName: email, userDisplayName: email, excludeCredentials },
        userID: new Uint8Array(Buffer.from(accountId)),
        challenge: new Uint8Array(challenges.issue(`new ${sessionId}`)),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      });
    },

    /** Keeps a passkey that the browser has just made. 422 for an answer to another challenge, of another origin, or given twice. */
    async add(owner: Owner, { name, passkey }: NewPasskey): Promise<void> {
      const seen = watch(challenges, `new ${owner.sessionId}`);
      const verified = await verifyRegistrationResponse({
        response: { ...passkey, clientExtensionResults: {} },
        ...{ expectedChallenge: seen.isOurs, expectedOrigin: origin, expectedRPID: relyingParty() },
        requireUserVerification: false,
      }).catch(refuse);
      if (!verified.verified) throw wrongPasskey();
      const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
      await inSystem(databases.system, async (tx) => {
        if (!(await challenges.spend(tx, seen.challenge()))) throw wrongPasskey();
        if ((await findPasskey(tx, id)) !== undefined) throw conflict('passkey-known', 'This passkey is known already');
        const key = { accountId: owner.accountId, credentialId: id, publicKey: Buffer.from(publicKey), counter };
        await addPasskey(tx, { ...key, transports, name, createdAt: clock.now() });
      });
    },

    async assertionOptions(expected: Expected) {
      const own = expected === 'anybody' ? [] : (await known(expected.accountId)).map(described);
      return generateAuthenticationOptions({
        ...{ rpID: relyingParty(), challenge: new Uint8Array(challenges.issue(purposeOf(expected))) },
        ...(expected === 'anybody' ? {} : { allowCredentials: own }),
        userVerification: expected === 'anybody' ? 'required' : 'preferred',
      });
    },

    /** Whose passkey has answered; 422 for one that is not theirs, not known, or answers another challenge or a second time. */
    async prove(expected: Expected, passkey: PasskeyAssertion): Promise<Passkey> {
      const found = await inSystem(databases.system, (tx) => findPasskey(tx, passkey.id));
      if (found === undefined || !isOf(found, expected, passkey)) throw wrongPasskey();
      const seen = watch(challenges, purposeOf(expected));
      const verified = await verifyAuthenticationResponse({
        response: { ...passkey, clientExtensionResults: {} },
        ...{ expectedChallenge: seen.isOurs, expectedOrigin: origin, expectedRPID: relyingParty() },
        credential: { id: found.credentialId, publicKey: new Uint8Array(found.publicKey), counter: found.counter },
        requireUserVerification: expected === 'anybody',
      }).catch(refuse);
      if (!verified.verified) throw wrongPasskey();
      const counter = verified.authenticationInfo.newCounter;
      await inSystem(databases.system, async (tx) => {
        if (!(await challenges.spend(tx, seen.challenge()))) throw wrongPasskey();
        await markPasskeyUsed(tx, found.id, { counter, now: clock.now() });
      });
      return found;
    },
  };
}

const isAddress = (hostname: string) => isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;

const purposeOf = (expected: Expected) => (expected === 'anybody' ? 'sign in' : `prove ${expected.sessionId}`);

function isOf({ accountId }: Passkey, expected: Expected, { response: { userHandle } }: PasskeyAssertion): boolean {
  if (expected !== 'anybody' && expected.accountId !== accountId) return false;
  return userHandle === undefined || Buffer.from(userHandle, 'base64url').toString() === accountId;
}

function described({ credentialId, transports }: Passkey) {
  return { id: credentialId, transports: transportNames.filter((one) => transports.includes(one)) };
}

// The library asks whether the challenge is right, and only it has read which one the browser has signed.
function watch({ isOurs }: ReturnType<typeof createChallenges>, purpose: string) {
  let seen = '';
  return {
    isOurs: (challenge: string) => {
      seen = challenge;
      return isOurs(challenge, purpose);
    },
    challenge: () => seen,
  };
}

// Whatever the library does not like about it: what was sent is not what it should be.
function refuse(): never {
  throw wrongPasskey();
}

const wrongPasskey = () =>
  invalidAt('passkey', 'wrong-passkey', 'This passkey does not open this account, or too late');
