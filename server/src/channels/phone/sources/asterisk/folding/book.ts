import type { Seen } from '../reading/pbx-event.ts';
import { type Bridges, createBridges } from './bridges.ts';
import { beginCall, beginChannel, type Call, type Channel } from './channel.ts';
import { createMemory, type Memory } from './memory.ts';
import { isOutsideNumber, numberOf, type Site } from './site.ts';
import { type Change, createTelling, type Telling } from './telling.ts';

/** What lives in an exchange, by the ids it gave, and which ids have ended lately. */
export interface Book {
  readonly site: Site;
  readonly channels: Map<string, Channel>;
  readonly calls: Map<string, Call>;
  /** Channels that are about to change places, by the names that they have meanwhile. */
  readonly masked: Map<string, string>;
  readonly ended: { readonly channels: Memory; readonly calls: Memory };
  readonly bridges: Bridges;
  readonly telling: Telling;
}

/** Phones that one call is remembered to have rung. */
const MOST_CALLED = 200;
/** That live at a time: more of one call are not followed. */
const MOST_OF_CALL = 1_000;
const MASK = '<MASQ>';

export function openBook(site: Site, most: number): Book {
  const bridges = createBridges();
  const ended = { channels: createMemory(most), calls: createMemory(most) };
  return {
    site,
    channels: new Map(),
    calls: new Map(),
    masked: new Map(),
    ended,
    bridges,
    telling: createTelling(site, bridges),
  };
}

/** The channel that an event shows, with what it newly says of it; undefined: it has ended, or shows no name. */
export function know(book: Book, seen: Seen, at: Date): { channel: Channel; changes: Change[] } | undefined {
  const { channels, ended } = book;
  const known = channels.get(seen.id);
  if (known !== undefined) return { channel: known, changes: learn(book, known, { seen, at }) };
  const isOver = ended.channels.has(seen.id) || ended.calls.has(seen.linked ?? seen.id);
  if (isOver || seen.name === undefined) return undefined;
  const isFull = (book.calls.get(seen.linked ?? seen.id)?.channels.size ?? 0) >= MOST_OF_CALL;
  return isFull ? undefined : { channel: begin(book, seen, at), changes: [] };
}

function begin(book: Book, seen: Seen, at: Date): Channel {
  const call = callOf(book, seen.linked ?? seen.id, at);
  const channel = beginChannel(book.site, seen, { call, at });
  book.channels.set(seen.id, channel);
  if (channel.name.endsWith(MASK)) book.masked.set(channel.name, seen.id);
  book.bridges.pair(channel);
  join(call, channel);
  call.requested ??= channel.dialled;
  return channel;
}

function learn(book: Book, channel: Channel, { seen, at }: { seen: Seen; at: Date }): Change[] {
  channel.number ??= numberOf(seen.number);
  const exten = numberOf(seen.exten);
  const isBetter = channel.dialled === undefined || (!isOutsideNumber(channel.dialled) && isOutsideNumber(exten));
  if (isBetter) channel.dialled = exten;
  const { linked = channel.call.id } = seen;
  if (linked === channel.call.id || book.ended.calls.has(linked)) return [];
  return move(book, channel, { to: callOf(book, linked, channel.call.startedAt), at });
}

function callOf({ calls }: Book, id: string, at: Date): Call {
  const call = calls.get(id) ?? beginCall(id, at);
  calls.set(id, call);
  return call;
}

/** The channel belongs to another call from now on. */
export function move(book: Book, channel: Channel, { to, at }: { to: Call; at: Date }): Change[] {
  const from = channel.call;
  if (from === to || to.channels.size >= MOST_OF_CALL) return [];
  from.channels.delete(channel);
  channel.call = to;
  join(to, channel);
  for (const file of from.files) to.files.add(file);
  // One that was told of ends here; of a leg that looked like a call nobody has heard.
  const isOver = from.channels.size === 0 && from.direction !== undefined;
  const changes = isOver ? book.telling.end(from, at) : [];
  closeIfEmpty(book, from);
  return changes;
}

/** Two that are bridged where the dialect knows no ids of calls: the younger joins the older. */
export function link(book: Book, [one, other]: readonly [Channel, Channel], at: Date): Change[] {
  for (const channel of [one, other]) book.bridges.enter(channel, { id: `link ${one.id}`, holds: false });
  const [older, younger] = one.call.startedAt <= other.call.startedAt ? [one, other] : [other, one];
  return move(book, younger, { to: older.call, at });
}

function join(call: Call, channel: Channel): void {
  call.channels.add(channel);
  if (channel.isVirtual) return;
  if (call.caller === undefined) {
    call.caller = channel;
    return;
  }
  call.called.push(channel);
  call.untold.push(channel);
  if (call.called.length <= MOST_CALLED) return;
  const forgotten = call.called.shift();
  if (forgotten === undefined) return;
  call.told.delete(forgotten);
  if (call.untold[0] === forgotten) call.untold.shift();
}

export function hangUp(book: Book, id: string, at: Date): Change[] {
  const channel = book.channels.get(id);
  book.ended.channels.add(id);
  if (channel === undefined) return [];
  remove(book, id, channel);
  const changes = book.telling.hungUp(channel, at);
  closeIfEmpty(book, channel.call);
  return changes;
}

/** Forgets the oldest until at most so many live. */
export function letGo(book: Book, most: number): void {
  for (const [id, channel] of book.channels) {
    if (book.channels.size <= most) return;
    remove(book, id, channel);
    closeIfEmpty(book, channel.call);
  }
}

function remove({ channels, bridges, masked }: Book, id: string, channel: Channel): void {
  channels.delete(id);
  masked.delete(channel.name);
  bridges.leave(channel);
  bridges.unpair(channel);
  channel.call.channels.delete(channel);
}

function closeIfEmpty({ calls, ended }: Book, call: Call): void {
  if (call.channels.size > 0 || calls.get(call.id) !== call) return;
  calls.delete(call.id);
  ended.calls.add(call.id);
}

/** A masquerade: two channels change places, and each goes on under the id of the other (Asterisk up to 11). */
export function rename(
  { channels, bridges, masked: waiting }: Book,
  channel: Channel,
  { id, name }: { id: string; name: string },
): void {
  const maskedId = waiting.get(`${name}${MASK}`);
  const masked = maskedId === undefined ? undefined : channels.get(maskedId);
  bridges.unpair(channel);
  waiting.delete(channel.name);
  channel.name = name;
  if (masked === undefined || maskedId === undefined) {
    if (name.endsWith(MASK)) waiting.set(name, id);
    bridges.pair(channel);
    return;
  }
  waiting.delete(`${name}${MASK}`);
  [channel.name, masked.name] = [masked.name, name];
  channels.set(id, masked);
  channels.set(maskedId, channel);
}
