import { Parser } from 'htmlparser2';

// Of Gmail, Yahoo, Proton, Thunderbird, Apple Mail, Zoho and others: the quotation stands in one element.
const holding =
  /(^|\s)(gmail_quote|gmail_quote_container|yahoo_quoted|protonmail_quote|moz-cite-prefix|zmail_extra|tutanota_quote|mail-quote|front-blockquote|ms-outlook-mobile-reference-message)(\s|$)/;
// Of Outlook: all that follows is quoted.
const heading =
  /^(divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|reply-intro|isForwardContent|isReplyContent)$/;
const RULE = /border:\s*none;\s*border-top:\s*solid\s+#(e1e1e1|b5c4df)/i;

/** Where in the HTML of a letter begins what it quotes to its end; null when nothing does, or when words of its own follow. */
export function quoteStart(html: string): number | null {
  const found: { start: number | null; depth: number | null } = { start: null, depth: null };
  let depth = 0;
  const parser = new Parser({
    onopentag: (name, { class: classes = '', id = '', style = '', type = '' }) => {
      depth += 1;
      if (found.start !== null) return;
      const isHeading = heading.test(id) || (name === 'div' && RULE.test(style));
      const isHolding = holding.test(classes) || (name === 'blockquote' && type === 'cite');
      if (!isHeading && !isHolding) return;
      found.start = parser.startIndex;
      found.depth = isHeading || classes.includes('moz-cite-prefix') ? null : depth;
    },
    onclosetag: () => {
      if (found.depth === depth) found.depth = 0;
      depth -= 1;
    },
    ontext: (text) => {
      // Something of its own below: an answer between what is quoted.
      if (found.start !== null && found.depth === 0 && text.trim() !== '') found.start = null;
    },
  });
  parser.end(html);
  return found.start;
}
