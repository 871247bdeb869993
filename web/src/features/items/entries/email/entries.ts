import type { Entries } from '../entry-props.ts';
import { EmailEntry } from './email-entry.tsx';
import { BouncedEntry, EmailEventEntry } from './email-event-entries.tsx';

export const entries = {
  email: EmailEntry,
  'email-opened': EmailEventEntry,
  'email-clicked': EmailEventEntry,
  'email-bounced': BouncedEntry,
} satisfies Entries;
