import { randomUUID } from 'node:crypto';
import sanitizeHtml from 'sanitize-html';
import { flattenHtml } from '../decoding/flatten-html.ts';

/**
 * Foreign HTML made harmless for showing in our own pages: no scripts, forms, frames or styles that escape their place
 * (surroundings.md, E-mail). In pieces: between two of them, in turn, stands the address of an image, which join-html.ts shows or
 * not. Runs apart (letters/shown-html.store.ts).
 */
export function work(sources: readonly string[]): string[][] {
  return sources.map(splitHtml);
}

function splitHtml(source: string): string[] {
  // Nobody who writes a letter knows it.
  const place = `https://${randomUUID()}.invalid/`;
  const images: string[] = [];
  const html = sanitizeHtml(flattenHtml(source), {
    ...policy,
    transformTags: {
      a: (tagName, attributes) => ({
        tagName,
        attribs: { ...attributes, target: '_blank', rel: 'noopener noreferrer nofollow' },
      }),
      img: (tagName, { src = '', ...attributes }) => {
        const address = src.trim();
        if (/^data:image\/(png|jpe?g|gif|webp);base64,/i.test(address))
          return { tagName, attribs: { ...attributes, src: address } };
        if (!/^(cid:|(https?:)?\/\/)/i.test(address)) return { tagName, attribs: attributes };
        return { tagName, attribs: { ...attributes, src: `${place}${images.push(address) - 1}` } };
      },
    },
  });
  return piecesOf(html, { mark: ` src="${place}`, images });
}

function piecesOf(html: string, { mark, images }: { mark: string; images: readonly string[] }): string[] {
  const [first = '', ...others] = html.split(mark);
  return [
    first,
    ...others.flatMap((piece) => {
      const end = piece.indexOf('"');
      return [images[Number(piece.slice(0, end))] ?? '', piece.slice(end + 1)];
    }),
  ];
}

// No url(), expression() or escapes get through any of these, so no style loads anything or leaves its box.
const color = [/^#[0-9a-f]{3,8}$/i, /^(rgb|hsl)a?\([\d\s.,%]+\)$/i, /^[a-z]{3,24}$/i];
// Several values stand apart by white space: a pattern that may cut one run of digits anywhere takes for ever to say no.
const length = String.raw`-?\d{1,6}(\.\d{1,6})?(px|em|rem|pt|%)?`;
const size = [new RegExp(`^(${length}|auto)$`, 'i')];
const sizes = [new RegExp(`^(${length}|auto)(\\s+(${length}|auto)){0,3}$`, 'i')];
const word = [/^[a-z-]{2,24}$/i];
const line = String.raw`(\d{1,6}(\.\d{1,6})?(px|pt|em)?|#[0-9a-f]{3,8}|[a-z]{3,24})`;
const border = [new RegExp(`^${line}(\\s+${line}){0,3}$`, 'i')];

const policy: sanitizeHtml.IOptions = {
  allowedTags: [
    ...[
      'a',
      'abbr',
      'b',
      'blockquote',
      'br',
      'caption',
      'center',
      'cite',
      'code',
      'col',
      'colgroup',
      'dd',
      'del',
      'div',
      'dl',
      'dt',
      'em',
    ],
    ...[
      'figcaption',
      'figure',
      'font',
      'h1',
      'h2',
      'h3',
      'h4',
      'h5',
      'h6',
      'hr',
      'i',
      'img',
      'ins',
      'kbd',
      'li',
      'ol',
      'p',
      'pre',
      'q',
      's',
    ],
    ...[
      'small',
      'span',
      'strike',
      'strong',
      'sub',
      'sup',
      'table',
      'tbody',
      'td',
      'tfoot',
      'th',
      'thead',
      'tr',
      'tt',
      'u',
      'ul',
      'wbr',
    ],
  ],
  allowedAttributes: {
    '*': ['style', 'align', 'valign', 'dir', 'lang', 'title', 'width', 'height', 'bgcolor'],
    a: ['href', 'name', 'target', 'rel'],
    img: ['src', 'alt'],
    font: ['color', 'face', 'size'],
    table: ['border', 'cellpadding', 'cellspacing'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    ol: ['start', 'type'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https', 'data'] },
  allowProtocolRelative: false,
  allowedStyles: {
    '*': {
      ...{ color, 'background-color': color, background: color },
      ...{
        'font-size': [...size, ...word],
        'font-weight': [/^\d{3}$/, ...word],
        'font-style': word,
        'line-height': [...size, ...word],
      },
      'font-family': [/^[\w\s,'"-]{1,200}$/],
      ...{ 'text-align': word, 'text-decoration': word, 'vertical-align': [...size, ...word], 'white-space': word },
      ...{
        margin: sizes,
        'margin-left': size,
        'margin-right': size,
        'margin-top': [/^\d+(\.\d+)?(px|em|rem|pt|%)?$/i],
        'margin-bottom': size,
      },
      ...{ padding: sizes, 'padding-left': size, 'padding-right': size, 'padding-top': size, 'padding-bottom': size },
      ...{ width: size, 'max-width': size, height: size, 'border-collapse': word },
      ...{ border, 'border-left': border, 'border-right': border, 'border-top': border, 'border-bottom': border },
    },
  },
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'head', 'svg', 'math', 'template'],
  parser: { lowerCaseTags: true },
};
