import { z } from 'zod';
import { idInPath, name, time } from '../common.ts';

/**
 * What a session has to give before it opens anything: `second-factor`, for its account has one; `set-up`, for a role asks for one and
 * there is none; `password`, for the one in use is shorter or better known than those of today.
 */
export const owed = z.enum(['second-factor', 'set-up', 'password']);
export type Owed = z.infer<typeof owed>;

/** POST /session, when the password was right and is not all. */
export const signInOwes = z.object({ owes: owed });

/** Of an authenticator app. */
const code = z.string().regex(/^\s*\d{3}\s?\d{3}\s*$/, 'Six digits');
const encoded = z.string().max(8_000);
const credential = { id: encoded, rawId: encoded, type: z.literal('public-key') };
const transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);
const transports = z.array(transport).optional();

/** What a browser's `navigator.credentials.get` answers, as JSON (WebAuthn). */
export const passkeyAssertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: encoded,
    authenticatorData: encoded,
    signature: encoded,
    userHandle: encoded.optional(),
  }),
});
export type PasskeyAssertion = z.infer<typeof passkeyAssertion>;

/** What a browser's `navigator.credentials.create` answers, as JSON. */
export const passkeyAttestation = z.object({
  ...credential,
  response: z.object({ clientDataJSON: encoded, attestationObject: encoded, transports }),
});

const described = z.array(z.object({ id: z.string(), type: z.literal('public-key'), transports })).optional();
const userVerification = z.enum(['required', 'preferred', 'discouraged']).optional();

/** For `navigator.credentials.get`. */
export const assertionOptions = z.object({
  challenge: z.string(),
  rpId: z.string().optional(),
  timeout: z.number().optional(),
  allowCredentials: described,
  userVerification,
});

/** For `navigator.credentials.create`. */
export const attestationOptions = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string().optional(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ alg: z.number(), type: z.literal('public-key') })),
  timeout: z.number().optional(),
  excludeCredentials: described,
  authenticatorSelection: z
    .object({ residentKey: userVerification, requireResidentKey: z.boolean().optional(), userVerification })
    .optional(),
  attestation: z.enum(['none', 'direct', 'enterprise', 'indirect']).optional(),
});

/** GET /session/second: what is asked for, and by what it can be given; also by what one can confirm who one is. */
export const secondStep = z.object({
  owes: owed.nullable(),
  /** Whoever has always signed in elsewhere has none. */
  password: z.boolean(),
  /** At the operator's issuer (GET /session/oidc?anew=1). */
  elsewhere: z.boolean(),
  totp: z.boolean(),
  passkeys: z.boolean(),
  recoveryCodes: z.boolean(),
});
export type SecondStep = z.infer<typeof secondStep>;

/** POST /session/second: one of three. */
const byCode = z.strictObject({ code });
const byRecoveryCode = z.strictObject({ recoveryCode: z.string().min(1).max(60) });
export const secondFactor = z.union([byCode, byRecoveryCode, z.strictObject({ passkey: passkeyAssertion })]);
/** One that is typed. */
export const typedSecondFactor = z.union([byCode, byRecoveryCode]);
export type TypedSecondFactor = z.infer<typeof typedSecondFactor>;
export type SecondFactor = z.infer<typeof secondFactor>;
export const passkeySignIn = z.strictObject({ passkey: passkeyAssertion });

const passkey = z.object({ id: z.int(), name: z.string(), createdAt: time, lastUsedAt: time.nullable() });

/** GET /me/factors: what somebody has beside the password. */
export const factors = z.object({
  totp: z.boolean(),
  passkeys: z.array(passkey),
  /** How many codes are left; 0 without a second factor. */
  recoveryCodes: z.int(),
  /** A role asks for a second factor: the last one cannot be taken away. */
  required: z.boolean(),
  /** Passkeys need a name, not an address, in PUBLIC_URL. */
  passkeysWork: z.boolean(),
});
export type Factors = z.infer<typeof factors>;

/** POST /me/totp: for the app, as text and for a QR code; it counts once a code was given. */
export const totpBegun = z.object({ secret: z.string(), uri: z.string() });
export const totpConfirmation = z.strictObject({ code });
/** Shown once, with the first second factor and whenever new ones are asked for. */
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
export const newPasskey = z.strictObject({ name, passkey: passkeyAttestation });
export const passkeyName = z.strictObject({ name });
export const passkeyParams = z.strictObject({ passkey: idInPath });
