import { z } from 'zod';
import { listOf, time } from '../common.ts';
import { passkeyAssertion } from './second-factor.ts';
import { password } from './setup.ts';
import { key } from './users.ts';

/** The password that is in use: of any length, for rules were different once. */
const givenPassword = z.string().min(1).max(128);

/** POST /session/confirm: once more, before something that matters. */
export const confirmation = z.union([
  z.strictObject({ password: givenPassword }),
  z.strictObject({ passkey: passkeyAssertion }),
]);

/** POST /me/password; `revokeKeys` ends one's API keys and webhooks too. */
export const passwordChange = z.strictObject({
  current: givenPassword,
  password,
  revokeKeys: z.boolean().default(false),
});
/** What still opens without the password: one's keys. */
export const passwordChanged = z.object({ keys: z.array(key) });

/** Where somebody is signed in. */
export const ownSession = z.object({
  id: z.string(),
  current: z.boolean(),
  address: z.string(),
  /** What the browser calls itself. */
  browser: z.string(),
  createdAt: time,
  seenAt: time,
});
export type OwnSession = z.infer<typeof ownSession>;
export const ownSessions = listOf(ownSession);
export const ownSessionParams = z.strictObject({ session: z.string().min(1).max(100) });
