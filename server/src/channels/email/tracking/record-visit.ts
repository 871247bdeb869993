import { appendTimeline } from '../../../crm/timeline/append-timeline.ts';
import type { Tx } from '../../../platform/db.ts';
import { announce } from '../../../platform/realtime.ts';
import { recordSignals } from '../../../signals/record-signals.ts';
import { findEmail, lockEmail, type StoredEmail } from '../letters/emails.store.ts';
import type { Evidence } from '../letters/evidence.ts';
import { lockItems } from '../letters/lock-items.store.ts';
import { tellOfVisit } from '../letters/tell-of-mail.ts';
import { countVisit, insertEvent, listEvents } from './email-events.store.ts';
import { judgeVisit, type Visit } from './judge-visit.ts';

export interface VisitOf {
  readonly emailId: number;
  readonly visit: Visit;
  /** The signed-in employee who it was; known by session, never by address (semantics.md 9.2). */
  readonly employeeId: number | null;
}

/** An open or a click of a mail of ours: the event with its evidence, and its signal (semantics.md 9). Nothing for mail that is not tracked. */
export async function recordVisit(tx: Tx, { emailId, visit, employeeId }: VisitOf): Promise<void> {
  const email = await lockInOrder(tx, emailId);
  if (email === undefined || email.direction !== 'out' || !email.track) return;

  const earlier = await listEvents(tx, [email.id]);
  const { machine, evidence } = judgeVisit(visit, { sentAt: email.at, earlier });
  const isOpened = earlier.some((event) => event.kind === 'open');
  const known =
    employeeId === null
      ? evidence
      : [...evidence, { what: 'employee-session', weight: 0, detail: `employee ${employeeId}` }];
  const counted = !machine && employeeId === null;
  // A click also proves the open (triggers.md, email/link-clicked).
  if (counted && visit.kind === 'click' && email.first_opened_at === null) {
    const proof = [...known, { what: 'proved-by-click', weight: 0, detail: visit.url ?? '' }];
    const open = { ...visit, kind: 'open' as const, url: null };
    await record(tx, { email, visit: open, machine, counted, evidence: proof, employeeId, isOpened });
    await tell(tx, email, open);
  }
  await record(tx, { email, visit, machine, counted, evidence: known, employeeId, isOpened });
  if (counted) await tell(tx, email, visit);
}

// The item first: signals of an item are recorded under its lock (semantics.md 1.4, 4).
async function lockInOrder(tx: Tx, emailId: number): Promise<StoredEmail | undefined> {
  const email = await findEmail(tx, emailId);
  if (email?.item_id) await lockItems(tx, [email.item_id]);
  return email && lockEmail(tx, emailId);
}

interface Judged {
  readonly email: StoredEmail;
  readonly visit: Visit;
  readonly machine: boolean;
  readonly counted: boolean;
  readonly evidence: readonly Evidence[];
  readonly employeeId: number | null;
  /** Whether anybody, machines included, has opened it before. */
  readonly isOpened: boolean;
}

const signalKinds = { open: 'email.opened', click: 'email.link-clicked' } as const;

async function record(
  tx: Tx,
  { email, visit, machine, counted, evidence, employeeId, isOpened }: Judged,
): Promise<void> {
  const { kind, url, at, userAgent, ip } = visit;
  const firstOpen = kind === 'open' && (counted ? email.first_opened_at === null : !isOpened);
  const eventId = await insertEvent(tx, {
    ...{ emailId: email.id, kind, url, at, userAgent, ip, machine, counted },
    evidence,
  });
  if (counted) await countVisit(tx, { emailId: email.id, kind, at, firstOpen });
  announce(tx, { topic: 'emails', kind: kind === 'open' ? 'opened' : 'clicked', email: email.id });
  if (email.item_id === null) return;

  const payload = {
    ...{ emailId: email.id, machine, evidence },
    ...(kind === 'open' ? { firstOpen } : { url: url ?? '' }),
    ...(userAgent === null ? {} : { userAgent }),
    ...(ip === null ? {} : { ip }),
    ...(employeeId === null ? {} : { employee: employeeId }),
  };
  const sourceKey = `${signalKinds[kind]}:${eventId}`;
  await recordSignals(tx, [{ kind: signalKinds[kind], sourceKey, occurredAt: at, payload, items: [email.item_id] }]);
  announce(tx, { topic: 'timeline', kind: 'changed', item: email.item_id });
}

async function tell(tx: Tx, email: StoredEmail, { kind, url, at }: Visit): Promise<void> {
  const isFirst = kind === 'open' ? email.first_opened_at === null : email.click_count === 0;
  if (isFirst) await tellOfVisit(tx, { email, at, url });
  if (email.item_id === null || (kind === 'open' && !isFirst)) return;
  const data = { email: email.id, subject: email.subject, ...(url === null ? {} : { url }) };
  const entry = { itemId: email.item_id, kind: kind === 'open' ? 'email-opened' : 'email-clicked', at, authorId: null };
  await appendTimeline(tx, [{ ...entry, text: url ?? email.subject, data }]);
}
