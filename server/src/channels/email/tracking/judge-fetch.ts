import type { Evidence } from '../letters/evidence.ts';
import { isProven } from '../letters/evidence.ts';
import { scannerAt } from './scanner-networks.ts';
import { agentEvidence } from './user-agents.ts';

/** One request for an e-mail's pixel or one of its links. */
export interface Fetch {
  readonly kind: 'open' | 'click';
  readonly url: string | null;
  readonly at: Date;
  readonly userAgent: string | null;
  readonly ip: string | null;
  readonly method: string;
  /** `Sec-Purpose`, `Purpose` or `X-Purpose`. */
  readonly purpose: string | null;
}

/** What is known of the e-mail when the request comes. */
export interface FetchedEmail {
  readonly sentAt: Date;
  /** Those within COMPANION_MS at least. */
  readonly nearby: readonly NearbyFetch[];
  /** Whether anybody, machines included, has loaded its images. */
  readonly wasOpened: boolean;
}

export interface NearbyFetch extends Pick<Fetch, 'kind' | 'url' | 'at' | 'userAgent' | 'ip'> {
  /** Of the last of those that it stands for. */
  readonly lastAt: Date;
  readonly machine: boolean;
}

export interface Judgement {
  readonly machine: boolean;
  readonly evidence: readonly Evidence[];
}

/** A machine or a person, by evidence that adds up; speed alone proves nothing (semantics.md 9.1). Pure. */
export function judgeFetch(fetched: Fetch, email: FetchedEmail): Judgement {
  const evidence = [
    ...agentEvidence(fetched.userAgent),
    ...address(fetched),
    ...behaviour(fetched),
    ...timing(fetched, email),
    ...company(fetched, email),
  ];
  return { machine: isProven(evidence), evidence };
}

/** For an open or click that another system reports: only the user agent and the address are known. */
export function judgeReported({
  userAgent,
  ip,
}: {
  userAgent?: string | undefined;
  ip?: string | undefined;
}): Judgement {
  const agent = userAgent === undefined ? [] : agentEvidence(userAgent);
  const evidence = [...agent, ...address({ ip: ip ?? null })];
  return { machine: isProven(evidence), evidence };
}

function address({ ip }: Pick<Fetch, 'ip'>): Evidence[] {
  const owner = scannerAt(ip);
  return owner === undefined ? [] : [{ what: 'address-scanner', weight: 100, detail: `${ip} belongs to ${owner}` }];
}

function behaviour({ method, purpose }: Fetch): Evidence[] {
  const head = method === 'HEAD' ? [{ what: 'method-head', weight: 100, detail: 'asked for the headers only' }] : [];
  const early = /prefetch|prerender|preview/i.test(purpose ?? '')
    ? [{ what: 'purpose-prefetch', weight: 100, detail: purpose ?? '' }]
    : [];
  return [...head, ...early];
}

const SOON_MS = 10_000;

function timing({ at }: Fetch, { sentAt }: FetchedEmail): Evidence[] {
  const afterMs = at.getTime() - sentAt.getTime();
  return afterMs > SOON_MS
    ? []
    : [
        {
          what: 'soon-after-sending',
          weight: 40,
          detail: `${Math.max(0, Math.round(afterMs / 1000))} s after it was sent`,
        },
      ];
}

const BURST_MS = 10_000;
/** How long what a visitor did speaks for what it does. */
export const COMPANION_MS = 5 * 60_000;
const MANY_LINKS = 3;

// What the same visitor did on this e-mail just before, and just after when a click has waited.
function company(fetched: Fetch, { nearby, wasOpened }: FetchedEmail): Evidence[] {
  const own = nearby.filter((other) => other.ip === fetched.ip && other.userAgent === fetched.userAgent);
  const caught = own.some((other) => other.machine && apartMs(fetched, other) <= COMPANION_MS);
  const links = new Set([
    fetched.url,
    ...own.filter((other) => other.kind === 'click' && apartMs(fetched, other) <= BURST_MS).map(({ url }) => url),
  ]);
  const unseen = fetched.kind === 'click' && !wasOpened;
  return [
    ...(caught
      ? [
          {
            what: 'same-visitor-as-machine',
            weight: 100,
            detail: 'the same address and program was a machine moments ago',
          },
        ]
      : []),
    ...(fetched.kind === 'click' && links.size >= MANY_LINKS
      ? [{ what: 'many-links', weight: 60, detail: `${links.size} links within 10 s` }]
      : []),
    ...(unseen ? [{ what: 'no-pixel', weight: 20, detail: 'followed a link without loading images' }] : []),
  ];
}

function apartMs({ at }: Fetch, other: NearbyFetch): number {
  return Math.max(other.at.getTime() - at.getTime(), at.getTime() - other.lastAt.getTime(), 0);
}
