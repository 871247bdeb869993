import { accountEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { z } from 'zod';
import { currency, language, name } from '../common.ts';

export const password = z.string().min(12, 'At least 12 characters').max(128, 'At most 128 characters');
export const timeZone = z.string().refine(isTimeZone, 'A time zone like Europe/Warsaw');

/** GET /setup: what the first page has to show. */
export const setupState = z.object({
  needsFirstAccount: z.boolean(),
  /** The first account needs the code that `npm start` prints. */
  needsCode: z.boolean().optional(),
  /** A link for a forgotten password can be sent by mail. */
  resets: z.boolean().optional(),
  /** Sign-in at the operator's issuer: what it is called, and whether it answers just now. */
  oidc: z.object({ name: z.string(), isUp: z.boolean() }).optional(),
  sandbox: z.boolean(),
  workspaceName: z.string().optional(),
});
export type SetupState = z.infer<typeof setupState>;

/** POST /setup: the first account and its workspace. */
export const setupBody = z.strictObject({
  name,
  email: accountEmail,
  password,
  workspaceName: name,
  timeZone: timeZone.optional(),
  currency: currency.optional(),
  language: language.optional(),
  sampleData: z.boolean().optional(),
  /** Not asked of who sits at the machine itself. */
  code: z.string().max(40).optional(),
});
export type SetupBody = z.infer<typeof setupBody>;

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
