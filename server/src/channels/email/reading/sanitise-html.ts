import sanitizeHtml from 'sanitize-html';
import { flattenHtml } from '../decoding/flatten-html.ts';

export interface ShownHtml {
  readonly html: string;
  /** Remote images that were left out; they tell the sender when and where the mail is read. */
  readonly blockedImages: number;
}

/**
 * Foreign HTML made harmless for showing in our own pages: no scripts, forms, frames or styles that escape their place;
 * remote images only when asked for (surroundings.md, E-mail). `cid:` images become addresses of the mail's own attachments.
 */
export function sanitiseHtml(
  source: string,
  options: { remoteImages: boolean; attachmentUrl?: (contentId: string) => string | undefined },
): ShownHtml {
  let blockedImages = 0;
  const html = sanitizeHtml(flattenHtml(source), {
    ...policy,
    transformTags: {
      a: (tagName, attributes) => ({
        tagName,
        attribs: { ...attributes, target: '_blank', rel: 'noopener noreferrer nofollow' },
      }),
      img: (tagName, { src = '', ...attributes }) => {
        const shown = imageSource(src, options);
        if (shown === undefined && /^(https?:)?\/\//i.test(src.trim())) blockedImages += 1;
        return { tagName, attribs: shown === undefined ? attributes : { ...attributes, src: shown } };
      },
    },
  });
  return { html, blockedImages };
}

function imageSource(
  src: string,
  options: { remoteImages: boolean; attachmentUrl?: (contentId: string) => string | undefined },
): string | undefined {
  const trimmed = src.trim();
  if (/^cid:/i.test(trimmed)) return options.attachmentUrl?.(trimmed.slice(4));
  if (/^data:image\/(png|jpe?g|gif|webp);base64,/i.test(trimmed)) return trimmed;
  return options.remoteImages && /^https?:\/\//i.test(trimmed) ? trimmed : undefined;
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
