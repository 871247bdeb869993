import { convert } from 'html-to-text';
import { flattenHtml } from './flatten-html.ts';

const MOST_HTML = 1_000_000;
/** What lists move in may be many times as long as what stood there. */
const MOST_TEXT = 1_000_000;
const DEPTHS = { deepest: 60, deepestList: 8 };

/** The words of HTML, each paragraph in a line of its own; pictures are left out. In a time that grows with the length alone. */
export function htmlToText(html: string): string {
  return convert(flattenHtml(html.slice(0, MOST_HTML), DEPTHS), {
    wordwrap: false,
    selectors: [{ selector: 'img', format: 'skip' }],
  }).slice(0, MOST_TEXT);
}
