import { findChannel } from '../../../connections/channels.store.ts';
import { appendTimeline } from '../../../crm/timeline/append-timeline.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { announce } from '../../../platform/realtime.ts';
import { recordSignals } from '../../../signals/record-signals.ts';
import { findEmail, lockEmail, type StoredEmail } from '../letters/emails.store.ts';
import type { Evidence } from '../letters/evidence.ts';
import { lockItems } from '../letters/lock-items.store.ts';
import { notifyOfFetch } from '../letters/notify-of-mail.ts';
import { countFetch, insertEvent, listEvents, settleEvent } from './email-events.store.ts';
import { type Fetch, judgeFetch } from './judge-fetch.ts';

export interface FetchOf {
  readonly emailId: number;
  readonly fetched: Fetch;
  /** The signed-in employee who it was; known by session, never by address (semantics.md 9.2). */
  readonly employeeId: number | null;
}

/** An open or a click of a mail of ours: the event with its evidence, and its signal (semantics.md 9). Nothing for mail that is not tracked. */
export async function recordFetch(tx: Tx, { emailId, fetched, employeeId }: FetchOf): Promise<void> {
  const email = await lockInOrder(tx, emailId);
  if (email === undefined || email.direction !== 'out' || !email.track) return;

  const earlier = await listEvents(tx, [email.id]);
  const { machine, evidence } = judgeFetch(fetched, { sentAt: email.at, earlier });
  const isOpened = earlier.some((event) => event.kind === 'open');
  const known =
    employeeId === null
      ? evidence
      : [...evidence, { what: 'employee-session', weight: 0, detail: `employee ${employeeId}` }];
  const counted = !machine && employeeId === null;
  const heldUntil = counted ? await holdUntil(tx, email, { fetched, evidence }) : null;
  if (heldUntil !== null) {
    await insertEvent(tx, { ...fetched, emailId: email.id, machine, counted: false, evidence, heldUntil });
    return;
  }
  await recordJudged(tx, { email, fetched, machine, counted, evidence: known, employeeId, isOpened });
}

/** The time of waiting is over: what the same visitor has done meanwhile says who it was. Nothing if that has been said already. */
export async function settleClick(tx: Tx, { id, emailId }: { id: number; emailId: number }): Promise<void> {
  const email = await lockInOrder(tx, emailId);
  const events = await listEvents(tx, [emailId]);
  const click = events.find((event) => event.id === id);
  if (email === undefined || click === undefined) return;
  const others = events.filter((event) => event.id !== id);
  const fetched = { ...click, method: 'GET', purpose: null };
  const { machine, evidence } = judgeFetch(fetched, { sentAt: email.at, earlier: others });
  if (!(await settleEvent(tx, { id, machine, evidence }))) return;
  const isOpened = others.some((event) => event.kind === 'open');
  await recordJudged(tx, {
    email,
    fetched,
    machine,
    counted: !machine,
    evidence,
    employeeId: null,
    isOpened,
    eventId: id,
  });
}

/** Evidence of so much makes a first click doubtful. */
const DOUBT = 40;

// A scanner follows the first link before it has shown what it is. Null: nothing to wait for.
async function holdUntil(
  tx: Tx,
  email: StoredEmail,
  { fetched, evidence }: { fetched: Fetch; evidence: readonly Evidence[] },
): Promise<Date | null> {
  const weight = evidence.reduce((sum, piece) => sum + piece.weight, 0);
  if (fetched.kind !== 'click' || email.click_count > 0 || weight < DOUBT || email.mailbox_id === null) return null;
  const held = (await findChannel(tx, email.mailbox_id))?.settings.holdClicks;
  return typeof held === 'number' && held > 0 ? new Date(fetched.at.getTime() + held * 1_000) : null;
}

async function recordJudged(tx: Tx, judged: Judged): Promise<void> {
  const { email, fetched, machine, counted, evidence: known, employeeId, isOpened } = judged;
  // A click also proves the open (triggers.md, email/link-clicked).
  if (counted && fetched.kind === 'click' && email.first_opened_at === null) {
    const proof = [...known, { what: 'proved-by-click', weight: 0, detail: fetched.url ?? '' }];
    const open = { ...fetched, kind: 'open' as const, url: null };
    await record(tx, { email, fetched: open, machine, counted, evidence: proof, employeeId, isOpened });
    await report(tx, email, open);
  }
  await record(tx, judged);
  if (counted) await report(tx, email, fetched);
}

// The item first: signals of an item are recorded under its lock (semantics.md 1.4, 4).
async function lockInOrder(tx: Tx, emailId: number): Promise<StoredEmail | undefined> {
  const email = await findEmail(tx, emailId);
  if (email?.item_id) await lockItems(tx, [email.item_id]);
  return email && lockEmail(tx, emailId);
}

interface Judged {
  readonly email: StoredEmail;
  readonly fetched: Fetch;
  readonly machine: boolean;
  readonly counted: boolean;
  readonly evidence: readonly Evidence[];
  readonly employeeId: number | null;
  /** Whether anybody, machines included, has opened it before. */
  readonly isOpened: boolean;
  /** Of what stands there already. */
  readonly eventId?: number;
}

const signalKinds = { open: 'email.opened', click: 'email.link-clicked' } as const;
const timelineKinds = { open: 'email-opened', click: 'email-clicked' } as const;

async function record(
  tx: Tx,
  { email, fetched, machine, counted, evidence, employeeId, isOpened, eventId: known }: Judged,
): Promise<void> {
  const { kind, url, at, userAgent, ip } = fetched;
  const firstOpen = kind === 'open' && (counted ? email.first_opened_at === null : !isOpened);
  const event = { emailId: email.id, kind, url, at, userAgent, ip, machine, counted, evidence };
  const eventId = known ?? (await insertEvent(tx, event));
  if (counted) await countFetch(tx, { emailId: email.id, kind, at, firstOpen });
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

async function report(tx: Tx, email: StoredEmail, { kind, url, at }: Fetch): Promise<void> {
  const isFirst = kind === 'open' ? email.first_opened_at === null : email.click_count === 0;
  if (isFirst) await notifyOfFetch(tx, { email, at, url });
  if (email.item_id === null || (kind === 'open' && !isFirst)) return;
  const data = { email: email.id, subject: email.subject, ...(url === null ? {} : { url }) };
  const entry = { itemId: email.item_id, kind: timelineKinds[kind], at, authorId: null };
  await appendTimeline(tx, [{ ...entry, text: url ?? email.subject, data }]);
}
