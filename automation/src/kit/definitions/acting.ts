import type { PersonFacts } from '../facts.ts';
import type { PersonRef } from '../values/people.ts';
import { Impossible } from '../words/impossible.ts';
import { because } from '../words/reasons.ts';
import type { MailPort, PeoplePort } from './ports.ts';

/** The employee on whose behalf a rule acts; who is not there any more gives way to the responsible (semantics.md 5.11). */
export async function actingId(people: PeoplePort, ref: PersonRef): Promise<number | null> {
  const [person] = await people.resolve([ref, 'responsible']);
  return person?.id ?? null;
}

/** The people meant, at least one. */
export async function recipients(people: PeoplePort, refs: readonly PersonRef[]): Promise<readonly PersonFacts[]> {
  const found = await people.resolve(refs);
  if (found.length === 0) throw new Impossible(because('no-recipient'));
  return found;
}

/** The id of the mailbox to send from; null: the workspace's default one. */
export async function mailboxId(mail: MailPort, mailbox: number | string | null): Promise<number | null> {
  if (mailbox === null) return null;
  const id = await mail.findMailbox(mailbox);
  if (id === null) throw new Impossible(because('no-mailbox', { mailbox }));
  return id;
}
