import { isbot } from 'isbot';
import type { Evidence } from '../letters/evidence.ts';

/** What a user agent says about who fetched a pixel or followed a link (semantics.md 9.1). */
export function agentEvidence(userAgent: string | null): Evidence[] {
  if (userAgent === null || userAgent.trim() === '')
    return [{ what: 'agent-none', weight: 70, detail: 'no user agent' }];
  const detail = userAgent.slice(0, 200);
  const itself = withoutContacts(userAgent);
  const known = knownAgents.find(({ pattern, isOfContacts = false }) =>
    pattern.test(isOfContacts ? userAgent : itself),
  );
  if (known !== undefined) return [{ what: known.what, weight: known.weight, detail }];
  return isbot(spaced(userAgent)) ? [{ what: 'agent-robot', weight: 100, detail }] : [];
}

// Robots say whom to write to, and where to read about them; neither is a program: `acme-fetch/1.0 (joe@outlook.com)`.
function withoutContacts(userAgent: string): string {
  return spaced(userAgent).replace(/(?<!\S)\S*(@|<at>|\[at\]|\(at\)|:\/\/|mailto:)\S*(\s\S+\.(com|net|org))?/gi, ' ');
}

// Some logs and proxies write a blank as a plus.
function spaced(userAgent: string): string {
  return /^Mozilla\/5\.0\+/.test(userAgent) ? userAgent.replaceAll('+', ' ') : userAgent;
}

interface KnownAgent {
  readonly what: string;
  readonly weight: number;
  readonly pattern: RegExp;
  /** Said of the contact too, it counts. */
  readonly isOfContacts?: boolean;
}

// The first that matches counts, before the general list of robots: that one takes mail programs for robots.
const knownAgents: readonly KnownAgent[] = [
  // `CUBOT` makes telephones.
  { what: 'agent-robot', weight: 100, pattern: /crawler|spider|(?<!cu)bot\b/i, isOfContacts: true },
  // Programs and libraries that fetch for other programs.
  {
    what: 'agent-robot',
    weight: 100,
    pattern:
      /(^|[\s;(,])(aws-(cli|sdk|chalice)|boto(core|3)?|rusoto|jets3t|s3fs|s3cmd|rclone|minio|gsutil|azsdk|apache[- ](cxf|httpclient|httpasyncclient|axis|jmeter)|axis2?|reactor-?netty|vert\.?x|jersey|resteasy|feign|retrofit|ktor-client|go-(http-client|cli|resty)|python(-[a-z]+)?|aiohttp|urllib3?|faraday|rest-client|typhoeus|guzzle(http)?|axios|undici|reqwest|hyper|ureq|libcurl|winhttp|postmanruntime|httpie|soapui|k6|gatling|jakarta|cyberduck|dart|uptime-kuma)[\w.-]*[/ ]v?\d|^cf\/\d/i,
  },
  {
    what: 'agent-robot',
    weight: 100,
    pattern:
      /\b(GTmetrix|YLT Chrome|Lighthouse|PageSpeed|WebPageTest|SpeedCurve|Pingdom|UptimeRobot|Site24x7|StatusCake|Catchpoint|Datadog|NewRelic|Miniature\.io|Link Sleuth|HeadlessChrome|PhantomJS|minio-go)\b/i,
  },
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
      /Thunderbird|Outlook|Microsoft Office\/|\bMSOffice \d|ms-office|Superhuman|Barca(Pro)?\/|YahooMobileMail|Airmail|Postbox|eM ?Client|Evolution\/|kmail|Lotus-?Notes|The Bat!|\bSpark\/\d|\bCanary(Mail)?\/|MailMate|Mailbird|Apple ?Mail|^Mail\/\d|Edison(Mail)?\/|ProtonMail|Zoho ?Mail|\bK-9 Mail|FairEmail|Foxmail|SamsungEmail|^Roundcube/i,
  },
  // Browsers inside telephone applications, where people follow links.
  {
    what: 'agent-in-app-browser',
    weight: 0,
    pattern:
      /(^|[\s[;(])(FBAN|FBAV|FB_IAB)\/|^(Instagram|Snapchat|Line)[ /]|^(Twitter|Pinterest) for |\bMicroMessenger\b|^(Lynx|w3m|ELinks|Opera)\/\d|^Links \(|^(BlackBerry|NetFront|Nokia)\d*[/ ]|^Mozilla\/5\.0 .*(Instagram|Snapchat|AppleNews|TopBuzz|; wv\))/,
  },
];
