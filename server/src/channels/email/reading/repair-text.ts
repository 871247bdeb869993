import { ownParts } from './letter-facts.ts';
import { headerOf, type MimePart, textOf } from './mime-parts.ts';

/** The readable text: as the library read it, unless the bytes say more (no label, a label that lies, a broken structure). */
export function repairedText(read: string | undefined, root: MimePart): string {
  if (isWhole(read)) return read;
  return bestOf(read, inlineText(root, 'text/plain')) ?? '';
}

export function repairedHtml(read: string | false | undefined, root: MimePart): string | undefined {
  const html = read === false ? undefined : read;
  if (html === undefined || isWhole(html)) return html;
  return bestOf(html, inlineText(root, 'text/html'));
}

function isWhole(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '' && !text.includes('\ufffd');
}

function bestOf(read: string | undefined, repaired: string | undefined): string | undefined {
  if (repaired === undefined || repaired.trim() === '') return read;
  return countLost(repaired) < countLost(read ?? '\ufffd') ? repaired : read;
}

function countLost(text: string): number {
  return text.split('\ufffd').length - 1;
}

function inlineText(root: MimePart, type: string): string | undefined {
  const parts = ownParts(root).filter((part) => isOfType(part, type) && !isAttached(part));
  return parts.length === 0 ? undefined : parts.map(textOf).join('\n');
}

// A multipart whose boundary never comes is read as the text that it is.
function isOfType(part: MimePart, type: string): boolean {
  return (
    part.type === type || (type === 'text/plain' && part.type.startsWith('multipart/') && part.children.length === 0)
  );
}

function isAttached(part: MimePart): boolean {
  return /^\s*attachment/i.test(headerOf(part, 'content-disposition') ?? '');
}
