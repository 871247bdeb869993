import { scanHtml } from '../decoding/scan-html.ts';

interface FoundLink {
  /** As its author wrote it, out of the entities of HTML. */
  readonly url: string;
  /** The whole attribute, name and quotes included. */
  readonly start: number;
  readonly end: number;
}

/** The web addresses that a reader of this HTML can follow, in reading order. */
export function linksInHtml(html: string): string[] {
  return foundIn(html).map(({ url }) => url);
}

/** The HTML with each of those addresses led through another; nothing else of it changes. */
export function leadHtml(html: string, through: (url: string) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { url, start, end } of foundIn(html)) {
    const led = through(url);
    if (led === url) continue;
    parts.push(html.slice(at, start), `href="${escapeHtml(led)}"`);
    at = end;
  }
  return parts.concat(html.slice(at)).join('');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const linking = ['a', 'area'];

// By a tokenizer of HTML: what stands in a comment or a script is no link, and entities mean what browsers take them for.
function foundIn(html: string): FoundLink[] {
  const found: FoundLink[] = [];
  scanHtml(html, {
    onTag: (name, attributes) => {
      const href = linking.includes(name) ? attributes.get('href') : undefined;
      const url = href && webAddress(href.value);
      if (href !== undefined && url !== undefined) found.push({ url, start: href.start, end: href.end });
    },
  });
  return found;
}

// Browsers pass over line breaks and tabs in an address, and blanks around it; a no-break space belongs to it.
function webAddress(value: string): string | undefined {
  const url = value.replace(/[\t\n\r]+/g, '').replace(/^[\0- ]+|(?<![\0- ])[\0- ]+$/g, '');
  return isWebAddress(url) ? url : undefined;
}

export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}
