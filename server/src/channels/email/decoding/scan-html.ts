import { Tokenizer } from 'htmlparser2';

export interface ScannedAttribute {
  /** Lower case. */
  readonly name: string;
  /** Out of the entities of HTML. */
  readonly value: string;
  /** The whole attribute, name and quotes included. */
  readonly start: number;
  readonly end: number;
}

export interface HtmlListener {
  /** A tag that begins at `start`; the first attribute of a name counts, as in browsers. */
  onTag(name: string, attributes: ReadonlyMap<string, ScannedAttribute>, start: number): void;
  onClose?(name: string): void;
  onText?(text: string): void;
}

/**
 * Tags and texts of HTML in their order, with their places; what stands in comments and scripts is none. It keeps no stack of open
 * tags, so that its time grows with the length alone, however deep they are.
 */
export function scanHtml(html: string, { onTag, onClose, onText }: HtmlListener): void {
  let tag = { name: '', start: 0, attributes: new Map<string, ScannedAttribute>() };
  let attribute = { name: '', value: '', start: 0 };
  const nothing = () => {};
  const endTag = () => onTag(tag.name, tag.attributes, tag.start);
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      ...{
        oncdata: nothing,
        oncomment: nothing,
        ondeclaration: nothing,
        onend: nothing,
        onprocessinginstruction: nothing,
      },
      onopentagname(start, end) {
        tag = { name: html.slice(start, end).toLowerCase(), start: start - 1, attributes: new Map() };
      },
      onattribname(start, end) {
        attribute = { name: html.slice(start, end).toLowerCase(), value: '', start };
      },
      onattribdata(start, end) {
        attribute.value += html.slice(start, end);
      },
      onattribentity(codepoint) {
        attribute.value += String.fromCodePoint(codepoint);
      },
      onattribend(_quote, end) {
        if (!tag.attributes.has(attribute.name)) tag.attributes.set(attribute.name, { ...attribute, end });
      },
      onopentagend: endTag,
      onselfclosingtag: endTag,
      onclosetag: (start, end) => onClose?.(html.slice(start, end).toLowerCase()),
      ontext: (start, end) => onText?.(html.slice(start, end)),
      ontextentity: (codepoint) => onText?.(String.fromCodePoint(codepoint)),
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}
