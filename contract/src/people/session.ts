import { accountEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { z } from 'zod';
import { id, idInPath, language, name, person, time } from '../common.ts';
import { effectiveRights } from './rights.ts';
import { roleRef, roleSummary } from './roles.ts';
import { typedSecondFactor } from './second-factor.ts';
import { password } from './setup.ts';
import { furtherAddresses, role } from './users.ts';

export const signInBody = z.strictObject({ email: accountEmail, password: z.string().min(1).max(128) });
/** Through whose eyes: an employee's id. */
export const seeAsBody = z.strictObject({ employee: id });
export type SignInBody = z.infer<typeof signInBody>;

export const workspace = z.object({
  id,
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  language,
});

/** What a person has chosen for the screens; the server keeps it and does not look inside. */
export const preferences = z.record(z.string().max(100), z.json());

export const me = z.object({
  id,
  email: z.string(),
  /** Further ones by which they are known as the writer of mail. */
  addresses: z.array(z.string()),
  name: z.string(),
  role,
  roles: z.array(roleSummary),
  /** What they may do: what the screens offer. */
  rights: effectiveRights,
  /** Whom the reach `department` holds: oneself, and everybody of one's departments and those below. */
  colleagues: z.array(id),
  /** Whoever looks through this person's eyes; they can change nothing meanwhile, and it ends by itself at `seenUntil`. */
  seenBy: person.nullable(),
  seenUntil: time.nullable(),
  language,
  /** Otherwise the language is the workspace's, until the person's screen tells theirs. */
  languageChosen: z.boolean(),
  preferences,
  unread: z.int(),
  workspace,
});
export type Me = z.infer<typeof me>;

export const mePatch = z.strictObject({
  name: name.optional(),
  addresses: furtherAddresses.optional(),
  language: language.optional(),
  preferences: preferences.optional(),
});
export type MePatch = z.infer<typeof mePatch>;

export const invitationBody = z.strictObject({
  email: accountEmail,
  name,
  role: roleRef.default('employee'),
  roles: z.array(roleRef).min(1).max(50).optional(),
  department: z.union([id, name]).optional(),
});
export const invitationMade = z.object({ id, url: z.string() });
export const invitationParams = z.strictObject({ token: z.string().min(1).max(200) });
export const invitation = z.object({ email: z.string(), name: z.string(), workspaceName: z.string() });
/** An account that works elsewhere is not made anew: its password is asked for, and its second factor where it has one. */
export const invitationAcceptance = z.strictObject({
  password,
  name: name.optional(),
  second: typedSecondFactor.optional(),
});

export const keyParams = z.strictObject({ id: idInPath, key: idInPath });
