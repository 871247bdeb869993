import { decodeText, metaCharset } from '../decoding/decode.ts';
import { decodeHeader } from '../decoding/encoded-words.ts';
import { htmlToText } from '../decoding/html-to-text.ts';
import { readStructured } from '../decoding/mime-parameters.ts';
import { allParts, bytesOf, headerOf, type MimePart, textOf } from '../decoding/mime-parts.ts';
import { unflow } from '../decoding/unflow.ts';

/** What people read of a message. */
export interface Bodies {
  readonly text: string;
  readonly html: string | undefined;
}

interface Reading {
  readonly declared: string | undefined;
}

/**
 * The texts of a message in reading order; of alternatives both forms, of a message in HTML alone its text. One that says
 * nothing itself is read for the first message that it encloses.
 */
export function readBodies(root: MimePart, reading: Reading): Bodies {
  const own = textsOf(sectionOf(root, reading));
  if (isSaying(own.text) || own.html !== undefined) return own;
  const message = ownLeaves(root).find(({ type }) => isMessage(type));
  return message === undefined ? own : textsOf(enclosed(message, reading));
}

function textsOf(section: Section | undefined): Bodies {
  const { text, html } = section ?? {};
  return { text: text ?? (html === undefined ? '' : htmlToText(html)), html };
}

/** Whether a part is shown as text rather than as a file. */
export function isShownAsText(part: MimePart, root: MimePart): boolean {
  if (isAttached(part)) return false;
  if (part.type === 'text/plain' || part.type === 'text/html') return !isNamedUnknown(part);
  // A container whose parts never come, and a whole message of no type that anybody knows, are read as the text that they are.
  return (
    part.children.length === 0 && (part.type.startsWith('multipart/') || (part === root && !part.type.includes('/')))
  );
}

interface Section {
  readonly text: string | undefined;
  readonly html: string | undefined;
}

function sectionOf(part: MimePart, reading: Reading, root = part): Section | undefined {
  if (isMessage(part.type)) return isInline(part) ? enclosed(part, reading) : undefined;
  if (part.type === 'multipart/alternative' && part.children.length > 0) return oneOf(sectionsIn(part, reading, root));
  if (part.children.length > 0) return oneAfterAnother(sectionsIn(part, reading, root));
  if (!isShownAsText(part, root)) return undefined;
  return part.type === 'text/html' ? { text: undefined, html: htmlOf(part) } : { text: plainOf(part), html: undefined };
}

function sectionsIn(part: MimePart, reading: Reading, root: MimePart): Section[] {
  return part.children.flatMap((child) => sectionOf(child, reading, root) ?? []);
}

function oneOf(sections: readonly Section[]): Section | undefined {
  if (sections.length === 0) return undefined;
  const texts = sections.flatMap(({ text }) => text ?? []);
  return {
    text: texts.some(isSaying) ? texts.filter(isSaying).join('\n') : undefined,
    html: sections.findLast(({ html }) => html !== undefined)?.html,
  };
}

// Where some have HTML the others are shown in it too; where some have text, HTML is read for it.
function oneAfterAnother(sections: readonly Section[]): Section | undefined {
  if (sections.length === 0) return undefined;
  const isHtml = sections.some(({ html }) => html !== undefined);
  const isText = sections.some(({ text }) => text !== undefined && isSaying(text));
  return {
    text: isText ? sections.map(({ text, html }) => text ?? htmlToText(html ?? '')).join('\n') : undefined,
    html: isHtml ? sections.map(({ text, html }) => html ?? plainToHtml(text ?? '')).join('<br/>\n') : undefined,
  };
}

// A message that was sent along: as its reader saw it, under who wrote it.
function enclosed(part: MimePart, { declared }: Reading): Section | undefined {
  const [message] = part.children;
  if (message === undefined) return undefined;
  const inner = sectionOf(message, { declared });
  const heads = ['From', 'Subject', 'Date', 'To', 'Cc'].flatMap((name) => {
    const value = headerOf(message, name.toLowerCase());
    return value === undefined ? [] : [`${name}: ${decodeHeader(value, declared)}`];
  });
  const text = inner?.text ?? (inner?.html === undefined ? '' : htmlToText(inner.html));
  const head = `\n${heads.join('\n')}\n`;
  return {
    text: `${head}\n${text}`,
    html: inner?.html === undefined ? undefined : `${plainToHtml(head)}<br/>\n${inner.html}`,
  };
}

function plainOf(part: MimePart): string {
  const text = textOf(part);
  if (!/flowed/i.test(part.params.format ?? '')) return text;
  return unflow(text, /yes/i.test(part.params.delsp ?? ''));
}

function htmlOf(part: MimePart): string {
  if (part.params.charset) return textOf(part);
  const bytes = bytesOf(part);
  return decodeText(bytes, metaCharset(bytes)).replace(/\r\n?/g, '\n');
}

function plainToHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<div>${escaped.trim().replaceAll('\n', '<br/>\n')}</div>`;
}

function isSaying(text: string): boolean {
  return text.trim() !== '';
}

function isMessage(type: string): boolean {
  return type === 'message/rfc822' || type === 'message/global';
}

function isAttached(part: MimePart): boolean {
  const disposition = dispositionOf(part);
  return disposition !== '' && disposition !== 'inline' && disposition !== 'infile';
}

function isInline(part: MimePart): boolean {
  return dispositionOf(part) === 'inline';
}

function dispositionOf(part: MimePart): string {
  return readStructured(headerOf(part, 'content-disposition') ?? '').value;
}

// `Content-Type: ; name="a.jpg"`: of no type, but a file.
function isNamedUnknown(part: MimePart): boolean {
  const { value, params } = readStructured(headerOf(part, 'content-type') ?? '');
  return value === '' && Object.keys(params).some((name) => name.startsWith('name'));
}

/** The message's own parts: what is inside a forwarded or returned message is not its own. */
export function ownLeaves(root: MimePart): readonly MimePart[] {
  if (!root.type.startsWith('multipart/') || root.children.length === 0) return [root];
  return root.children.flatMap(ownLeaves);
}

/** Why not all of the message was read. */
export function damageOf(root: MimePart): 'too-many-parts' | undefined {
  return allParts(root).some(({ isCutShort }) => isCutShort) ? 'too-many-parts' : undefined;
}
