import { findChannel } from '../../../connections/channels.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { announce } from '../../../platform/realtime.ts';
import { findLinked, type LinkedEmail } from '../letters/emails.store.ts';
import type { Evidence } from '../letters/evidence.ts';
import { lockItems } from '../letters/lock-items.store.ts';
import { countsOf, findEvent, foldInto, listNearby, settleEvent, writeCounts } from './email-events.store.ts';
import { foldFetch } from './fold-fetches.ts';
import { COMPANION_MS, type Fetch, judgeFetch } from './judge-fetch.ts';
import { isFirstOfItsKind, recordEvent, type Told } from './record-event.ts';

export interface FetchOf {
  readonly fetched: Omit<Fetch, 'kind' | 'url'>;
  /** Of a click, the place of its link in the e-mail; null: the pixel. */
  readonly link: number | null;
  /** The signed-in employee who it was; known by session, never by address (semantics.md 9.2). */
  readonly employeeId: number | null;
}

/**
 * Opens and clicks of one mail of ours, in the order in which they came: the events with their evidence, and their signals
 * (semantics.md 9). What it takes does not depend on how many came before. Nothing is recorded for mail that is not tracked.
 * Answers where each click leads; undefined for pixels, and for links that the mail does not have.
 */
export async function recordFetches(
  tx: Tx,
  { emailId, fetches }: { emailId: number; fetches: readonly FetchOf[] },
): Promise<(string | undefined)[]> {
  const email = await lockInOrder(tx, emailId);
  const urls = fetches.map(({ link }) => (link === null ? undefined : email?.links[link]));
  const [first] = fetches;
  if (first === undefined || email === undefined || email.direction !== 'out' || !email.track) return urls;

  const told = await readTold(tx, email, first.fetched.at);
  for (const [index, { fetched, link, employeeId }] of fetches.entries()) {
    const url = urls[index];
    if (link === null) await recordOne(tx, told, { ...fetched, kind: 'open', url: null }, employeeId);
    else if (url !== undefined) await recordOne(tx, told, { ...fetched, kind: 'click', url }, employeeId);
  }
  await write(tx, told);
  return urls;
}

/** The time of waiting is over: what the same visitor has done meanwhile says who it was. Nothing if that has been said already. */
export async function settleClick(tx: Tx, { id, emailId }: { id: number; emailId: number }): Promise<void> {
  const email = await lockInOrder(tx, emailId);
  const click = await findEvent(tx, id);
  if (email === undefined || click === undefined) return;
  const told = await readTold(tx, email, click.at);
  const others = told.nearby.filter((event) => event.id !== id);
  const fetched = { ...click, method: 'GET', purpose: null };
  const { machine, evidence } = judgeFetch(fetched, { sentAt: email.at, nearby: others, wasOpened: email.was_opened });
  if (!(await settleEvent(tx, { id, machine, evidence }))) return;
  const { times } = click;
  await recordEvent(tx, told, { fetched, machine, counted: !machine, evidence, employeeId: null, times, eventId: id });
  await write(tx, told);
}

async function readTold(tx: Tx, email: LinkedEmail, at: Date): Promise<Told> {
  const nearby = await listNearby(tx, { emailId: email.id, at, ms: COMPANION_MS });
  return { email, counts: countsOf(email), nearby, folded: new Map() };
}

async function recordOne(tx: Tx, told: Told, fetched: Fetch, employeeId: number | null): Promise<void> {
  const { email, counts, nearby } = told;
  const judged = judgeFetch(fetched, { sentAt: email.at, nearby, wasOpened: counts.was_opened });
  const { machine } = judged;
  const evidence =
    employeeId === null
      ? judged.evidence
      : [...judged.evidence, { what: 'employee-session', weight: 0, detail: `employee ${employeeId}` }];
  const isCounted = !machine && employeeId === null;
  const heldUntil = isCounted ? await holdUntil(tx, told, { fetched, evidence }) : null;
  const isHeld = heldUntil !== null;
  const counted = isCounted && !isHeld;
  const isFirst = counted && isFirstOfItsKind(told, fetched);
  const folding = foldFetch({ ...fetched, machine, counted, isHeld, isFirst }, nearby, counts.fetch_count);
  const event = { fetched, machine, counted, evidence, employeeId, heldUntil, times: 1 };
  if (folding.to === 'keep') await recordEvent(tx, told, event);
  else if (folding.to === 'fold') fold(tx, told, { id: folding.id, event });
  else await recordEvent(tx, told, { ...event, fetched: inCrowd(fetched), evidence: [...evidence, crowd] });
}

const crowd: Evidence = { what: 'flood', weight: 0, detail: 'more came in this minute than people send' };

function inCrowd(fetched: Fetch): Fetch {
  return { ...fetched, ip: null, userAgent: null };
}

function fold(
  tx: Tx,
  { email, counts, nearby, folded }: Told,
  {
    id,
    event: { fetched, machine, counted },
  }: { id: number; event: { fetched: Fetch; machine: boolean; counted: boolean } },
): void {
  const { kind, at } = fetched;
  folded.set(id, { times: (folded.get(id)?.times ?? 0) + 1, lastAt: at });
  const place = nearby.findIndex((one) => one.id === id);
  const into = nearby[place];
  if (into !== undefined) nearby[place] = { ...into, lastAt: at };
  counts.fetch_count += 1;
  if (machine) counts.machine_count += 1;
  if (counted && kind === 'open') counts.open_count += 1;
  if (counted && kind === 'click') counts.click_count += 1;
  announce(tx, { topic: 'emails', kind: kind === 'open' ? 'opened' : 'clicked', email: email.id });
}

async function write(tx: Tx, { email, counts, folded }: Told): Promise<void> {
  for (const [id, { times, lastAt }] of folded) await foldInto(tx, { id, times, lastAt });
  await writeCounts(tx, email.id, counts);
}

/** Evidence of so much makes a first click doubtful. */
const DOUBT = 40;

// A scanner follows the first link before it has shown what it is. Null: nothing to wait for.
async function holdUntil(
  tx: Tx,
  { email, counts }: Told,
  { fetched, evidence }: { fetched: Fetch; evidence: readonly Evidence[] },
): Promise<Date | null> {
  const weight = evidence.reduce((sum, piece) => sum + piece.weight, 0);
  if (fetched.kind !== 'click' || counts.click_count > 0 || weight < DOUBT || email.mailbox_id === null) return null;
  const held = (await findChannel(tx, email.mailbox_id))?.settings.holdClicks;
  return typeof held === 'number' && held > 0 ? new Date(fetched.at.getTime() + held * 1_000) : null;
}

// The item first: signals of an item are recorded under its lock (semantics.md 1.4, 4).
async function lockInOrder(tx: Tx, emailId: number): Promise<LinkedEmail | undefined> {
  const email = await findLinked(tx, emailId);
  if (email?.item_id) await lockItems(tx, [email.item_id]);
  return email && findLinked(tx, emailId, { lock: true });
}
