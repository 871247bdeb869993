import { domainOf } from '../reading/addresses.ts';
import { isSameOrganisation } from '../reading/same-organisation.ts';

/** What proves the sender, or why nothing does. */
export type AuthenticationWhy = 'dmarc' | 'dkim' | 'spf' | 'forged' | 'nothing' | 'no-answer' | 'no-from';

/** How a message proves that it comes from the domain of its From. */
export interface Authentication {
  /** Who looked: we, or a relay whose word is trusted. */
  readonly by: 'dns' | 'relay';
  /** Of From. */
  readonly domain: string | null;
  /** Results in the words of RFC 8601: pass, fail, none, temperror … */
  readonly spf: string;
  readonly dkim: string;
  readonly dmarc: string;
  readonly isProven: boolean;
  readonly why: AuthenticationWhy;
}

export interface Found {
  readonly by: Authentication['by'];
  /** The one address in From; null when there is none, or several. */
  readonly from: string | null;
  readonly spf: { readonly result: string; readonly domain: string | null };
  /** The signature that speaks best for it. */
  readonly dkim: { readonly result: string; readonly domain: string | null };
  readonly dmarc: { readonly result: string; readonly domain: string | null };
  /** Some answer of the DNS did not come. */
  readonly isIncomplete: boolean;
}

/**
 * DMARC decides where the domain of From has a policy; where it has none, a signature or an SPF of its own house does. Pure.
 */
export function concludeOf({ by, from, spf, dkim, dmarc, isIncomplete }: Found): Authentication {
  const domain = from === null ? null : domainOf(from);
  const why = whyOf({ domain, spf, dkim, dmarc, isIncomplete });
  const isProven = why === 'dmarc' || why === 'dkim' || why === 'spf';
  return { by, domain, spf: spf.result, dkim: dkim.result, dmarc: dmarc.result, isProven, why };
}

function whyOf({
  domain,
  spf,
  dkim,
  dmarc,
  isIncomplete,
}: Omit<Found, 'by' | 'from'> & { domain: string | null }): AuthenticationWhy {
  if (domain === null) return 'no-from';
  if (dmarc.result === 'pass') return dmarc.domain === null || isOfHouse(dmarc.domain, domain) ? 'dmarc' : 'nothing';
  if (dmarc.result === 'fail') return isIncomplete ? 'no-answer' : 'forged';
  if (dmarc.result === 'none' && passes(dkim, domain)) return 'dkim';
  if (dmarc.result === 'none' && passes(spf, domain)) return 'spf';
  return isIncomplete ? 'no-answer' : 'nothing';
}

function passes({ result, domain }: Found['spf'], from: string): boolean {
  return result === 'pass' && domain !== null && isOfHouse(domain, from);
}

/** Where everybody may have an address, only the very same domain is one house. */
export function isOfHouse(domain: string, from: string): boolean {
  return domain === from || isSameOrganisation(`@${domain}`, `@${from}`);
}
