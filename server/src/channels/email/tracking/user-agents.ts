import { isbot } from 'isbot';
import type { Evidence } from '../letters/evidence.ts';

/** What a user agent says about who fetched a pixel or followed a link (semantics.md 9.1). */
export function agentEvidence(userAgent: string | null): Evidence[] {
  if (userAgent === null || userAgent.trim() === '')
    return [{ what: 'agent-none', weight: 70, detail: 'no user agent' }];
  const detail = userAgent.slice(0, 200);
  const known = knownAgents.find(({ pattern }) => pattern.test(userAgent));
  if (known !== undefined) return [{ what: known.what, weight: known.weight, detail }];
  return isbot(userAgent) ? [{ what: 'agent-robot', weight: 100, detail }] : [];
}

// The first that matches counts, before the general list of robots: that one takes mail programs for robots.
const knownAgents: readonly { readonly what: string; readonly weight: number; readonly pattern: RegExp }[] = [
  { what: 'agent-robot', weight: 100, pattern: /crawler|spider|\bbot\b/i },
  // Fetches at the moment when the person opens (semantics.md 9.1).
  { what: 'agent-mail-proxy', weight: 0, pattern: /GoogleImageProxy|YahooMailProxy/i },
  // Apple fetches everything in advance, and says no more than this.
  { what: 'agent-prefetch', weight: 100, pattern: /^Mozilla\/5\.0$/ },
  // Gmail in advance: an Edge that never existed.
  { what: 'agent-prefetch', weight: 100, pattern: /Edge\/12\.246 Mozilla\/5\.0$/ },
  {
    what: 'agent-scanner',
    weight: 100,
    pattern:
      /safe-?links|proofpoint|urldefense|mimecast|barracuda|ironport|fireeye|trellix|sophos|trend ?micro|symantec|messagelabs|forcepoint|websense|zscaler|bitdefender|cloudmark|avanan|check ?point (link|anti)|mailguard|vadesecure|hornetsecurity|spamtitan|trustwave|mcafee|urlscan|virustotal|phish|linkguard|link-?(checker|scanner|preview)/i,
  },
  {
    what: 'agent-mail-client',
    weight: 0,
    pattern:
      /Thunderbird|Outlook|Microsoft Office\/|\bMSOffice \d|ms-office|Superhuman|Barca(Pro)?\/|YahooMobileMail|Airmail|Postbox|eM ?Client|Evolution\/|kmail|Lotus-?Notes|The Bat!|\bSpark\/\d|\bCanary(Mail)?\/|MailMate|Mailbird|Apple ?Mail|^Mail\/\d|Edison(Mail)?\/|ProtonMail|Zoho ?Mail/i,
  },
  // Browsers inside telephone applications, where people follow links.
  {
    what: 'agent-in-app-browser',
    weight: 0,
    pattern: /^Mozilla\/5\.0 .*(FBAN|FBAV|Instagram|Snapchat|AppleNews|TopBuzz|; wv\))/,
  },
];
