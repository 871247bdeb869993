import { htmlToText } from '../decoding/html-to-text.ts';

/** Work for `apart`: the words of HTML. */
export function work(html: string): string {
  return htmlToText(html);
}
