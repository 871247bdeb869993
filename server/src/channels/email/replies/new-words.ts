import { htmlToText } from '../decoding/html-to-text.ts';
import { quoteStart } from './html-quote.ts';
import { splitReply } from './split-reply.ts';

/** What is new in a letter, as triggers, conditions and previews see it; the whole stays for the reader. */
export interface NewWords {
  /** Null: all of it is new. */
  readonly text: string | null;
  /** How much of the HTML comes before what is quoted to its end; null: all. */
  readonly htmlLength: number | null;
}

/** By the text; where that shows no quotation and the HTML does, by what stands in it above. */
export function newWords({ text, html }: { readonly text: string; readonly html: string | null }): NewWords {
  const htmlLength = html === null ? null : quoteStart(html);
  const split = splitReply(text);
  if (split.quoted === '' && html !== null && htmlLength !== null)
    // The mark stands for what is quoted there: a head above it is none of the new words.
    return { text: splitReply(`${htmlToText(html.slice(0, htmlLength))}\n>`).fresh, htmlLength };
  const isWhole = split.quoted === '' && split.signature === '';
  return { text: isWhole ? null : split.fresh, htmlLength };
}
