import { createSystemMail } from '../channels/email/outbound/system-mail.ts';
import { tellOfAccount } from '../collaboration/notifications/tell-of-account.ts';
import { createPeople, type People } from '../people/people.ts';
import type { Context } from '../platform/context.ts';

/** What signing in needs, with what people are told in their bell; one a process. */
export const makePeople = (context: Context): People => createPeople(context, tellOfAccount, createSystemMail(context));
