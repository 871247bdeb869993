import { escapeHtml, leadHtml, linksInHtml } from './html-links.ts';
import { piecesOf } from './text-links.ts';

/** A mail's body before tracking; `links` are the addresses that a client may click, in the order of their tokens. */
export interface MailBody {
  readonly text: string;
  readonly html: string | null;
}

export interface TrackingAddresses {
  readonly pixelUrl: string;
  linkUrl(link: number): string;
}

const MAX_LINKS = 500;

/** Every web address in the body, once each, as its author wrote it. */
export function linksIn({ text, html }: MailBody): string[] {
  const inText = piecesOf(text).flatMap((piece) => (piece.isLink ? piece.text : []));
  return [...new Set([...linksInHtml(html ?? ''), ...inText])].slice(0, MAX_LINKS);
}

/** The body as it is sent when it is tracked: links lead through us, a pixel stands at the end. */
export function trackBody(
  { text, html }: MailBody,
  links: readonly string[],
  addresses: TrackingAddresses,
): { text: string; html: string } {
  const places = new Map(links.map((url, link) => [url, link]));
  const led = new Map<string, string>();
  // Signed once, however often it stands there.
  const through = (url: string) => {
    const known = led.get(url);
    if (known !== undefined) return known;
    const link = places.get(url);
    const address = link === undefined ? url : addresses.linkUrl(link);
    led.set(url, address);
    return address;
  };
  return {
    text: piecesOf(text)
      .map((piece) => (piece.isLink ? through(piece.text) : piece.text))
      .join(''),
    html: withPixel(leadHtml(html ?? textToHtml(text), through), addresses.pixelUrl),
  };
}

export function textToHtml(text: string): string {
  const linked = piecesOf(text).map((piece) => {
    const shown = escapeHtml(piece.text);
    return piece.isLink ? `<a href="${shown}">${shown}</a>` : shown.replace(/\r?\n/g, '<br>\n');
  });
  return `<div>${linked.join('')}</div>`;
}

function withPixel(html: string, pixelUrl: string): string {
  const pixel = `<img src="${escapeHtml(pixelUrl)}" width="1" height="1" alt="" style="border:0">`;
  const end = html.search(/<\/body\s*>/i);
  return end === -1 ? `${html}${pixel}` : `${html.slice(0, end)}${pixel}${html.slice(end)}`;
}
