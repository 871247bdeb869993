/** Text as it is compared: NFC, runs of any blanks as one, none at the ends (semantics.md 6). What is shown keeps its own form. */
export function normalText(text: string): string {
  // Most texts are in their normal form already.
  return plain.test(text) ? text : text.normalize('NFC').replace(blanks, ' ').trim();
}

const plain = /^(?:[!-~]+(?: [!-~]+)*)?$/;
// Blanks of all widths; those without width part nothing.
const blanks = /[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+/gu;

/** A host as DNS knows it: small letters, punycode, no dot at its end; a `*` and a port stay. */
export function normalHost(host: string): string {
  const [, user = '', name = '', port = ''] = /^(.*@)?(.*?)(:\d+)?$/.exec(host.trim()) ?? [];
  const labels = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u3002\uff0e\uff61]/g, '.')
    .replace(/\.$/, '')
    .split('.');
  return user + labels.map(asciiLabel).join('.') + port;
}

function asciiLabel(label: string): string {
  if (/^[\x21-\x7e]*$/.test(label)) return label;
  const url = URL.parse(`http://${label}.test/`);
  return url === null ? label : url.hostname.slice(0, -'.test'.length);
}

/** Path, query or fragment of an address: escapes only where they are needed, in capitals, letters in NFC. */
export function normalUrlText(text: string): string {
  const letters = text.replace(/(?:%[0-9a-f]{2})+/gi, readEscapes).normalize('NFC');
  return letters.replace(/[^\x21-\x7e]+/gu, (odd) => encodeURIComponent(odd));
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
