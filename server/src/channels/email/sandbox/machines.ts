import type { Machine } from '@signalbox/contract/channels/sandbox.ts';

/** Who may open and click in the sandbox, with the user agent and address that they really come with. */
export interface SandboxFetcher extends Machine {
  /** Asks for the headers before the page. */
  readonly asksHead?: boolean;
  /** Follows every link of the mail. */
  readonly everyLink?: boolean;
}

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const both = { opens: true, clicks: true } as const;

export const sandboxFetchers: readonly SandboxFetcher[] = [
  { id: 'person', name: 'A person', person: true, ...both, userAgent: chrome, address: '198.51.100.23' },
  {
    ...{ id: 'iphone', name: 'A person on a phone', person: true, ...both, address: '198.51.100.77' },
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  },
  {
    ...{
      id: 'google-image-proxy',
      name: 'GoogleImageProxy',
      person: true,
      opens: true,
      clicks: false,
      address: '66.249.84.10',
    },
    userAgent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  },
  {
    ...{
      id: 'gmail-prefetch',
      name: 'Gmail prefetch',
      person: false,
      opens: true,
      clicks: false,
      address: '66.249.84.11',
    },
    userAgent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0',
  },
  {
    id: 'apple-mail-privacy',
    name: 'Apple Mail Privacy',
    person: false,
    opens: true,
    clicks: false,
    userAgent: 'Mozilla/5.0',
    address: '104.28.63.14',
  },
  {
    id: 'safelinks',
    name: 'SafeLinks',
    person: false,
    ...both,
    userAgent: chrome,
    address: '40.107.22.52',
    asksHead: true,
  },
  {
    id: 'proofpoint',
    name: 'Proofpoint',
    person: false,
    ...both,
    userAgent: chrome,
    address: '148.163.148.25',
    everyLink: true,
  },
  {
    id: 'mimecast',
    name: 'Mimecast',
    person: false,
    ...both,
    userAgent: chrome,
    address: '205.139.110.61',
    everyLink: true,
  },
  {
    id: 'barracuda',
    name: 'Barracuda',
    person: false,
    ...both,
    userAgent: 'BarracudaCentral-LinkScanner/2.1',
    address: '64.235.150.202',
    asksHead: true,
  },
];

/** By id or name, however written. */
export function findFetcher(as: string): SandboxFetcher | undefined {
  const wanted = fold(as);
  return sandboxFetchers.find(({ id, name }) => fold(id) === wanted || fold(name) === wanted);
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
