import { scanHtml } from '../decoding/scan-html.ts';

// Of Gmail, Yahoo, Proton, Thunderbird, Apple Mail, Zoho and others: the quotation stands in one element.
const holding =
  /(^|\s)(gmail_quote|gmail_quote_container|yahoo_quoted|protonmail_quote|moz-cite-prefix|zmail_extra|tutanota_quote|mail-quote|front-blockquote|ms-outlook-mobile-reference-message)(\s|$)/;
// Of Outlook: all that follows is quoted.
const heading =
  /^(divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|reply-intro|isForwardContent|isReplyContent)$/;
const RULE = /border:\s*none;\s*border-top:\s*solid\s+#(e1e1e1|b5c4df)/i;

/** Where in the HTML of a letter begins what it quotes to its end; null when nothing does, or when words of its own follow. */
export function quoteStart(html: string): number | null {
  let start: number | null = null;
  // The element that holds it, and how many of its name are open within; null: all that follows is quoted.
  let holder: string | null = null;
  let open = 0;
  scanHtml(html, {
    onTag: (name, attributes, at) => {
      if (start !== null) {
        if (name === holder && open > 0) open += 1;
        return;
      }
      const said = (attribute: string) => attributes.get(attribute)?.value ?? '';
      // Of GMX and WEB.DE.
      const isNamed = name === 'div' && said('name') === 'quote';
      const isHeading = heading.test(said('id')) || (name === 'div' && RULE.test(said('style')));
      const isHolding = holding.test(said('class')) || (name === 'blockquote' && said('type') === 'cite') || isNamed;
      if (!isHeading && !isHolding) return;
      start = at;
      holder = isHeading || said('class').includes('moz-cite-prefix') ? null : name;
      open = 1;
    },
    onClose: (name) => {
      if (start !== null && name === holder && open > 0) open -= 1;
    },
    onText: (text) => {
      // Something of its own below: an answer between what is quoted.
      if (start !== null && holder !== null && open === 0 && text.trim() !== '') start = null;
    },
  });
  return start;
}
