import mimeTypes from 'nodemailer/lib/mime-funcs/mime-types.js';
import { cleanFileName } from '../../../platform/files/file-names.ts';
import { storable } from '../decoding/decode.ts';
import { decodeHeader } from '../decoding/encoded-words.ts';
import { parameterText, readStructured } from '../decoding/mime-parameters.ts';
import { bytesOf, headerOf, isEnclosing, type MimePart } from '../decoding/mime-parts.ts';
import { unpackWinmail } from '../decoding/unpack-winmail.ts';
import type { ParsedAttachment } from './parsed-email.ts';
import { isShownAsText, ownLeaves } from './read-bodies.ts';

export interface FoundFiles {
  readonly files: readonly ParsedAttachment[];
  /** What Outlook hid in winmail.dat instead of writing it. */
  readonly hiddenText: string;
}

/** All that a message carries beside its text, each with a name that has an ending; winmail.dat unpacked. */
export function readFiles(root: MimePart, declared: string | undefined): FoundFiles {
  const parts = ownLeaves(root).filter((part) => !isShownAsText(part, root));
  const found = parts.map((part) => unpacked(fileOf(part, declared)));
  return { files: found.flatMap(({ files }) => files), hiddenText: found.map(({ hiddenText }) => hiddenText).join('') };
}

function unpacked(file: ParsedAttachment): FoundFiles {
  const isPacked = file.type === 'application/ms-tnef' || /^winmail\.dat$/i.test(file.name);
  const winmail = isPacked ? unpackWinmail(file.content) : undefined;
  if (winmail === undefined || (winmail.text === '' && winmail.files.length === 0))
    return { files: [file], hiddenText: '' };
  const files = winmail.files.map(({ name, type, contentId, content }) => ({
    ...{
      name: nameOr(name, { type, isMessage: false }),
      type: type || typeOf(name),
      contentId: contentId || null,
      content,
    },
  }));
  return { files, hiddenText: winmail.text };
}

function fileOf(part: MimePart, declared: string | undefined): ParsedAttachment {
  const disposition = readStructured(headerOf(part, 'content-disposition') ?? '');
  const contentType = readStructured(headerOf(part, 'content-type') ?? '');
  const charset = part.params.charset || declared;
  const given = parameterText(disposition, 'filename', charset) || parameterText(contentType, 'name', charset);
  const isMessage = isEnclosing(part.type);
  const written = contentType.value || typeOf(given);
  const type = written === 'application/octet-stream' ? typeOf(given) : written;
  return {
    name: nameOr(given || (isMessage ? subjectOf(part, declared) : ''), { type, isMessage }),
    type: storable(type).slice(0, 200),
    contentId: contentIdOf(part),
    content: bytesOf(part),
  };
}

function nameOr(given: string, { type, isMessage }: { type: string; isMessage: boolean }): string {
  const name = storable(given).trim();
  if (isMessage) return cleanFileName(/\.(eml|txt)$/i.test(name) ? name : `${name || 'message'}.eml`);
  if (name === '') return unnamed(type);
  const clean = cleanFileName(name);
  const ending = endingOf(type);
  return /\.\w{1,10}$/.test(clean) || (ending === 'bin' && !NAMELESS.test(clean)) ? clean : `${clean}.${ending}`;
}

// What programs write where there is no name.
const NAMELESS = /^(noname|unnamed|untitled|unknown|attachment|file|att\d{3,8}|part[ _-]?[\d.]+)$/i;

function endingOf(type: string): string {
  const ending = mimeTypes.detectExtension(type);
  return /^\w+$/.test(ending) ? ending : 'bin';
}

function unnamed(type: string): string {
  const known: Readonly<Record<string, string>> = {
    'message/delivery-status': 'delivery-status.txt',
    'message/disposition-notification': 'disposition-notification.txt',
    'message/feedback-report': 'feedback-report.txt',
    'text/calendar': 'invite.ics',
  };
  return known[type] ?? `attachment.${endingOf(type)}`;
}

function typeOf(name: string): string {
  return mimeTypes.detectMimeType(name === '' ? false : name);
}

function subjectOf(part: MimePart, declared: string | undefined): string {
  const [message] = part.children;
  const subject = message === undefined ? undefined : headerOf(message, 'subject');
  // A slash in it leads to no folder.
  return subject === undefined ? '' : decodeHeader(subject, declared).replace(/[\\/]/g, '_');
}

function contentIdOf(part: MimePart): string | null {
  const given = headerOf(part, 'content-id')?.trim().replace(/^<|>$/g, '').trim();
  return given === undefined || given === '' ? null : storable(given).slice(0, 400);
}
