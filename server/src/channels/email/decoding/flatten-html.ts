/** Deeper than any letter. Every closing tag makes a parser look through all that are open. */
const DEEPEST = 250;

const TAG = /<(\/?)([a-z][a-z0-9]*)[^<>]*>?/gi;
const empty = new Set('area base br col embed hr img input link meta param source wbr'.split(' '));
// What ends by itself where the next one begins.
const ends: Readonly<Record<string, readonly string[]>> = {
  p: ['p'],
  li: ['li'],
  dt: ['dt', 'dd'],
  dd: ['dt', 'dd'],
  td: ['td', 'th'],
  th: ['td', 'th'],
  tr: ['td', 'th', 'tr'],
};

interface Depths {
  readonly deepest?: number;
  /** Of lists in lists, whose every line is moved in once more by each. */
  readonly deepestList?: number;
}

/** HTML without the tags that are nested beyond all reason, so that reading it stays quick; its text is kept. */
export function flattenHtml(html: string, { deepest = DEEPEST, deepestList = deepest }: Depths = {}): string {
  const open: string[] = [];
  const most = (name: string) => (isList(name) && open.filter(isList).length >= deepestList ? 0 : deepest);
  return html.replace(TAG, (tag, slash: string, written: string) => {
    const name = written.toLowerCase();
    if (empty.has(name)) return tag;
    return (slash === '' ? begin(open, name, most(name)) : end(open, name)) ? tag : '';
  });
}

function isList(name: string): boolean {
  return name === 'ul' || name === 'ol';
}

function begin(open: string[], name: string, deepest: number): boolean {
  const ended = Object.hasOwn(ends, name) ? (ends[name] ?? []) : [];
  while (ended.includes(open.at(-1) ?? '')) open.pop();
  if (open.length >= deepest) return false;
  open.push(name);
  return true;
}

function end(open: string[], name: string): boolean {
  const at = open.lastIndexOf(name);
  if (at === -1) return false;
  open.length = at;
  return true;
}
