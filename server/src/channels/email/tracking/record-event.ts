import { appendTimeline } from '../../../crm/timeline/append-timeline.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { announce } from '../../../platform/realtime.ts';
import { recordSignals } from '../../../signals/record-signals.ts';
import type { LinkedEmail } from '../letters/emails.store.ts';
import type { Evidence } from '../letters/evidence.ts';
import { notifyOfFetch } from '../letters/notify-of-mail.ts';
import { type FetchCounts, insertEvent } from './email-events.store.ts';
import type { NearbyEvent } from './fold-fetches.ts';
import type { Fetch } from './judge-fetch.ts';

/** What is known of an e-mail's opens and clicks while more of them are recorded; written down at the end. */
export interface Told {
  readonly email: LinkedEmail;
  readonly counts: { -readonly [key in keyof FetchCounts]: FetchCounts[key] };
  readonly nearby: NearbyEvent[];
  /** How many more each event stands for. */
  readonly folded: Map<number, { times: number; lastAt: Date }>;
}

export interface JudgedFetch {
  readonly fetched: Fetch;
  readonly machine: boolean;
  readonly counted: boolean;
  readonly evidence: readonly Evidence[];
  readonly employeeId: number | null;
  readonly times: number;
  /** Until then it is not decided who it was: nobody hears of it yet. */
  readonly heldUntil?: Date | null;
  /** Of what stands there already. */
  readonly eventId?: number;
}

/** Whether it is the first that counts, of opens or of clicks on its link. */
export function isFirstOfItsKind({ counts, email }: Told, { kind, url }: Fetch): boolean {
  if (kind === 'open') return counts.first_opened_at === null;
  return !counts.clicked_links.some((link) => email.links[link] === url);
}

/** An event of its own, with its signal, and what people are told. */
export async function recordEvent(tx: Tx, told: Told, judged: JudgedFetch): Promise<void> {
  const { counts } = told;
  const { fetched, counted, evidence, heldUntil = null } = judged;
  if (heldUntil !== null) {
    const id = await insertEvent(tx, { ...eventOf(told, judged), counted: false, heldUntil });
    remember(told, judged, id);
    counts.fetch_count += 1;
    return;
  }
  const before = { opened: counts.first_opened_at !== null, clicked: counts.click_count > 0 };
  // A click also proves the open (triggers.md, email/link-clicked).
  if (counted && fetched.kind === 'click' && !before.opened) {
    const proof = [...evidence, { what: 'proved-by-click', weight: 0, detail: fetched.url ?? '' }];
    const open = { ...fetched, kind: 'open' as const, url: null };
    await record(tx, told, { ...judged, fetched: open, evidence: proof, times: 1, eventId: undefined });
    await report(tx, told.email, open, true);
  }
  await record(tx, told, judged);
  if (counted) await report(tx, told.email, fetched, fetched.kind === 'open' ? !before.opened : !before.clicked);
}

const signalKinds = { open: 'email.opened', click: 'email.link-clicked' } as const;
const timelineKinds = { open: 'email-opened', click: 'email-clicked' } as const;

interface Recorded extends Omit<JudgedFetch, 'eventId'> {
  readonly eventId?: number | undefined;
}

async function record(tx: Tx, told: Told, judged: Recorded): Promise<void> {
  const { email, counts } = told;
  const { fetched, machine, counted, evidence, employeeId, eventId: known } = judged;
  const { kind, url, at, userAgent, ip } = fetched;
  const firstOpen = kind === 'open' && (counted ? counts.first_opened_at === null : !counts.was_opened);
  const eventId = known ?? (await insertEvent(tx, eventOf(told, judged)));
  remember(told, judged, eventId);
  count(told, judged);
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

function eventOf({ email }: Told, { fetched, machine, counted, evidence }: Recorded) {
  const { kind, url, at, userAgent, ip } = fetched;
  return { emailId: email.id, kind, url, at, userAgent, ip, machine, counted, evidence };
}

function remember({ nearby }: Told, judged: Recorded, id: number): void {
  const { fetched, machine, counted, heldUntil = null } = judged;
  const { kind, url, at, userAgent, ip } = fetched;
  nearby.push({ id, kind, url, at, lastAt: at, userAgent, ip, machine, counted, isHeld: heldUntil !== null });
}

function count({ email, counts }: Told, { fetched, machine, counted, times, eventId }: Recorded): void {
  const { kind, url, at } = fetched;
  // What was held has been counted when it came.
  if (eventId === undefined) counts.fetch_count += times;
  if (machine) counts.machine_count += times;
  if (kind === 'open') counts.was_opened = true;
  if (!counted) return;
  if (kind === 'open') counts.first_opened_at ??= at;
  if (kind === 'open') counts.open_count += times;
  else {
    counts.click_count += times;
    const link = email.links.indexOf(url ?? '');
    if (link !== -1 && !counts.clicked_links.includes(link)) counts.clicked_links = [...counts.clicked_links, link];
  }
}

async function report(tx: Tx, email: LinkedEmail, { kind, url, at }: Fetch, isFirst: boolean): Promise<void> {
  if (isFirst) await notifyOfFetch(tx, { email, at, url });
  if (email.item_id === null || (kind === 'open' && !isFirst)) return;
  const data = { email: email.id, subject: email.subject, ...(url === null ? {} : { url }) };
  const entry = { itemId: email.item_id, kind: timelineKinds[kind], at, authorId: null };
  await appendTimeline(tx, [{ ...entry, text: url ?? email.subject, data }]);
}
