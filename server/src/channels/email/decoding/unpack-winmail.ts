import { decodeText, storable } from './decode.ts';
import { decompressRtf } from './decompress-rtf.ts';
import { htmlToText } from './html-to-text.ts';
import { readProperties } from './winmail-properties.ts';

export interface Winmail {
  /** '' when it holds none. */
  readonly text: string;
  readonly files: readonly WinmailFile[];
}

interface WinmailFile {
  readonly name: string;
  /** '' when it is not said. */
  readonly type: string;
  readonly contentId: string;
  readonly content: Buffer;
}

const SIGNATURE = 0x223e9f78;
const attribute = {
  body: 0x800c,
  fileData: 0x800f,
  fileTitle: 0x8010,
  fileStart: 0x9002,
  messageProperties: 0x9003,
  fileProperties: 0x9005,
  codepage: 0x9007,
} as const;
const property = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  name: 0x3704,
  data: 0x3701,
  longName: 0x3707,
  type: 0x370e,
  id: 0x3712,
};

/** What Outlook packed into winmail.dat (TNEF); undefined when it is none, or cut off: then it is kept as it came. */
export function unpackWinmail(packed: Buffer): Winmail | undefined {
  try {
    return unpack(packed);
  } catch (error) {
    // A number that points beyond the end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

interface Opened {
  charset: string;
  text: string;
  readonly files: { name: string; type: string; contentId: string; content: Buffer | undefined }[];
}

function unpack(packed: Buffer): Winmail | undefined {
  if (packed.length < 6 || packed.readUInt32LE(0) !== SIGNATURE) return undefined;
  const opened: Opened = { charset: 'windows-1252', text: '', files: [] };
  for (let at = 6; at + 9 <= packed.length; ) {
    const id = packed.readUInt16LE(at + 1);
    const length = packed.readUInt32LE(at + 5);
    const data = packed.subarray(at + 9, at + 9 + length);
    if (data.length < length) return undefined;
    take(opened, id, data);
    at += 9 + length + 2;
  }
  const files = opened.files.flatMap(({ content, ...file }) => (content === undefined ? [] : { ...file, content }));
  return { text: storable(opened.text), files };
}

function take(opened: Opened, id: number, data: Buffer): void {
  const file = opened.files.at(-1);
  if (id === attribute.codepage && data.length >= 4) opened.charset = `windows-${data.readUInt32LE(0)}`;
  if (id === attribute.body) opened.text ||= ended(decodeText(data, opened.charset));
  if (id === attribute.messageProperties) takeMessage(opened, data);
  if (id === attribute.fileStart) opened.files.push({ name: '', type: '', contentId: '', content: undefined });
  if (file === undefined) return;
  if (id === attribute.fileData) file.content = data;
  if (id === attribute.fileTitle) file.name ||= ended(decodeText(data, opened.charset));
  if (id === attribute.fileProperties) takeFile(file, readProperties(data, opened.charset));
}

function takeMessage(opened: Opened, data: Buffer): void {
  const { texts, bytes } = readProperties(data, opened.charset);
  const html = texts.get(property.html) ?? decodeText(bytes.get(property.html) ?? Buffer.alloc(0), opened.charset);
  opened.text ||= texts.get(property.body) || htmlToText(html).trim();
  const rtf = decompressRtf(bytes.get(property.rtf) ?? Buffer.alloc(0));
  if (opened.text === '' && rtf !== undefined)
    opened.files.push({ name: 'message.rtf', type: 'text/rtf', contentId: '', content: rtf });
}

function takeFile(file: Opened['files'][number], { texts, bytes }: ReturnType<typeof readProperties>): void {
  file.name = texts.get(property.longName) || file.name || texts.get(property.name) || '';
  file.type = (texts.get(property.type) ?? '').toLowerCase();
  file.contentId = texts.get(property.id) ?? '';
  file.content ??= bytes.get(property.data);
}

function ended(text: string): string {
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}
