/** A mail's body before tracking; `links` are the addresses that a client may click, in the order of their tokens. */
export interface MailBody {
  readonly text: string;
  readonly html: string | null;
}

export interface TrackingAddresses {
  readonly pixelUrl: string;
  linkUrl(link: number): string;
}

// Not in quotes: attribute values come with their quotes, so that what is replaced is replaced whole.
const ANCHOR = /<a\s(?:"[^"]{0,4000}"|'[^']{0,4000}'|[^'"<>]){0,4000}>/gi;
const HREF = /(\shref\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)/i;
const TEXT_URL = /\bhttps?:\/\/[^\s<>"']+/gi;
const MAX_LINKS = 500;

/** Every web address in the body, once each. */
export function linksIn({ text, html }: MailBody): string[] {
  const inHtml = [...(html ?? '').matchAll(ANCHOR)].flatMap(([anchor]) => hrefOf(anchor) ?? []);
  const inText = [...text.matchAll(TEXT_URL)].map(([url]) => trimUrl(url));
  return [...new Set([...inHtml, ...inText])].slice(0, MAX_LINKS);
}

/** The body as it is sent when it is tracked: links lead through us, a pixel stands at the end. */
export function trackBody(
  { text, html }: MailBody,
  links: readonly string[],
  addresses: TrackingAddresses,
): { text: string; html: string } {
  const through = (url: string) => {
    const link = links.indexOf(url);
    return link === -1 ? url : addresses.linkUrl(link);
  };
  const tracked = (html ?? textToHtml(text)).replace(ANCHOR, (anchor) => {
    const url = hrefOf(anchor);
    // As a function: in a replacement text `$` would mean something.
    return url === undefined
      ? anchor
      : anchor.replace(HREF, (_, name: string) => `${name}"${escapeHtml(through(url))}"`);
  });
  return {
    text: text.replace(TEXT_URL, (url) => `${through(trimUrl(url))}${url.slice(trimUrl(url).length)}`),
    html: withPixel(tracked, addresses.pixelUrl),
  };
}

export function textToHtml(text: string): string {
  const linked = escapeHtml(text).replace(
    /\bhttps?:\/\/[^\s<>]+?(?=(?:&quot;|&#39;|&gt;|&lt;)|[.,;:!?)\]]*(?:\s|$))/gi,
    (url) => `<a href="${url}">${url}</a>`,
  );
  return `<div>${linked.replace(/\r?\n/g, '<br>\n')}</div>`;
}

export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

function hrefOf(anchor: string): string | undefined {
  const value = HREF.exec(anchor)?.[2];
  if (value === undefined) return undefined;
  const url = unescapeHtml(value.replace(/^(["'])(.*)\1$/s, '$2')).trim();
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}

function unescapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&#x27;': "'",
  };
  return text.replace(/&(amp|lt|gt|quot|#39|#x27);/gi, (entity) => entities[entity.toLowerCase()] ?? entity);
}

function trimUrl(url: string): string {
  return url.replace(/[.,;:!?)\]}]+$/, '');
}

function withPixel(html: string, pixelUrl: string): string {
  const pixel = `<img src="${escapeHtml(pixelUrl)}" width="1" height="1" alt="" style="border:0">`;
  const end = html.search(/<\/body\s*>/i);
  return end === -1 ? `${html}${pixel}` : `${html.slice(0, end)}${pixel}${html.slice(end)}`;
}
