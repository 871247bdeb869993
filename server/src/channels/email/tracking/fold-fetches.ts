import type { Fetch } from './judge-fetch.ts';

/** An event near in time, of the same e-mail; it stands for all that were folded into it. */
export interface NearbyEvent extends Pick<Fetch, 'kind' | 'url' | 'at' | 'userAgent' | 'ip'> {
  readonly id: number;
  /** Of the last that it stands for; its own where it stands for one. */
  readonly lastAt: Date;
  readonly machine: boolean;
  readonly counted: boolean;
  /** It waits for what the same visitor does next. */
  readonly isHeld: boolean;
}

export interface Judged extends Pick<NearbyEvent, 'kind' | 'url' | 'at' | 'userAgent' | 'ip' | 'machine' | 'counted'> {
  readonly isHeld: boolean;
  /** The first that counts, of the e-mail or of its link: kept whatever comes with it. */
  readonly isFirst: boolean;
}

/** `keep`: by itself. `fold`: it is one more of an event. `crowd`: it begins an event that stands for whoever comes in this minute. */
export type Folding = { readonly to: 'keep' } | { readonly to: 'fold'; readonly id: number } | { readonly to: 'crowd' };

const MINUTE_MS = 60_000;
/** Events of one e-mail in a minute: above the first, the same again is folded; above the second, everything is. */
const usual = { same: 30, all: 100 };
/** The same for an e-mail that was fetched more often than people do. */
const flooded = { same: 3, all: 10, from: 1_000 };

/** How far back an event may begin that still stands for what came within `ms` before a fetch. */
export function reachMs(ms: number): number {
  return ms + MINUTE_MS;
}

/** Where a fetch goes: nobody opens a letter thirty times in a minute, and what a flood leaves must not grow with it. Pure. */
export function foldFetch(fetch: Judged, nearby: readonly NearbyEvent[], fetchCount: number): Folding {
  const most = fetchCount < flooded.from ? usual : flooded;
  const minute = nearby.filter(({ at }) => Math.abs(fetch.at.getTime() - at.getTime()) < MINUTE_MS);
  if (fetch.isFirst || minute.length < most.same) return { to: 'keep' };
  const alike = minute.filter(
    (one) =>
      one.kind === fetch.kind &&
      one.machine === fetch.machine &&
      one.counted === fetch.counted &&
      one.isHeld === fetch.isHeld,
  );
  const same = alike.find(
    ({ url, ip, userAgent }) => url === fetch.url && ip === fetch.ip && userAgent === fetch.userAgent,
  );
  if (same !== undefined) return { to: 'fold', id: same.id };
  if (minute.length < most.all) return { to: 'keep' };
  const crowd = alike.find(isCrowd);
  return crowd === undefined ? { to: 'crowd' } : { to: 'fold', id: crowd.id };
}

// What was asked for over a connection has an address.
function isCrowd({ ip, userAgent }: NearbyEvent): boolean {
  return ip === null && userAgent === null;
}
