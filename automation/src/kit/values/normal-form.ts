import { decodePunycode } from './punycode.ts';

/**
 * Text as it is compared (semantics.md 6): NFC, any blanks as one, none at the ends, and without signs that nobody sees. What is shown
 * keeps its own form. `signalbox_normal` (0043) is the same for the database.
 */
export const normalText = onceWhenLong((text) =>
  // Most texts are in their normal form already.
  plain.test(text) ? text : visible(text).replace(blanks, ' ').trim(),
);

/** The same where case does not count. */
export const foldedText = onceWhenLong((text) =>
  // Which of the two small sigmas it becomes depends on the place in the word.
  normalText(text.toLocaleLowerCase('en')).replaceAll('ς', 'σ'),
);

/** The same for what looks at lines and blanks: they stay, those of all kinds as the usual ones. */
export const normalLines = onceWhenLong((text) =>
  plain.test(text) ? text : visible(text).replace(oddEnds, '\n').replace(oddBlanks, ' ').trim(),
);

const LONG = 500;

/** One long text is asked for a thousand values and patterns, one after the other: its form is made once. */
export function onceWhenLong(make: (text: string) => string): (text: string) => string {
  let last = { text: '', made: '' };
  return (text) => {
    if (text.length < LONG) return make(text);
    if (text !== last.text) last = { text, made: make(text) };
    return last.made;
  };
}

function visible(text: string): string {
  return text.replace(unseen, '').normalize('NFC');
}

const plain = /^(?:[!-~]+(?: [!-~]+)*)?$/;
const blanks = /[\s\u0085]+/gu;
const oddEnds = /\r\n?|[\u0085\u2028\u2029]/gu;
const oddBlanks = /[^\S\n]/gu;
// Soft hyphens, marks of direction, joiners of words and of lines, variants of signs; those between letters that change them stay.
const unseen = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Variation_Selector}/gu;

/** A host as DNS knows it: small letters, punycode, no dot at its end; a `*` and a port stay. */
export function asciiHost(host: string): string {
  return eachLabel(host, asciiLabel);
}

/** The same as people read it: with the letters that punycode stands for. */
export function readableHost(host: string): string {
  return eachLabel(host, (label) => readLabel(asciiLabel(label)));
}

/** The labels in punycode that stand anywhere in a text, as their letters. */
export function readLabels(text: string): string {
  return text.replace(/\bxn--[a-z0-9-]+/gi, (label) => readLabel(label.toLowerCase()));
}

function eachLabel(host: string, read: (label: string) => string): string {
  const [, user = '', name = '', port = ''] = /^(.*@)?(.*?)(:\d+)?$/.exec(host.trim()) ?? [];
  const labels = visible(name)
    .toLowerCase()
    .replace(/[\u3002\uff0e\uff61]/g, '.')
    .replace(/\.$/, '')
    .split('.');
  return user + labels.map(read).join('.') + port;
}

function asciiLabel(label: string): string {
  if (/^[\x21-\x7e]*$/.test(label)) return label;
  const url = URL.parse(`http://${label}.test/`);
  return url === null ? label : url.hostname.slice(0, -'.test'.length);
}

function readLabel(label: string): string {
  return (label.startsWith('xn--') ? decodePunycode(label.slice('xn--'.length)) : undefined) ?? label;
}

/** Path, query or fragment of an address as it is read: escapes only where they are needed, in capitals, letters in NFC. */
export function normalUrlText(text: string): string {
  const letters = text.replace(/(?:%[0-9a-f]{2})+/gi, readEscapes).normalize('NFC');
  return letters.replace(/[\s"<>\\^`{|}\0-\x20\x7f]/gu, (odd) => encodeURIComponent(odd));
}

// Bytes that are no UTF-8 stay what they are.
function readEscapes(escaped: string): string {
  const bytes = Uint8Array.from(escaped.slice(1).split('%'), (code) => Number.parseInt(code, 16));
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    return escaped.toUpperCase();
  }
  return text.replace(/[\0-\x7f]/g, (letter) =>
    /[\w.~-]/.test(letter) ? letter : `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
