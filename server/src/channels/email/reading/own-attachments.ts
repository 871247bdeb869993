import { decodeHeader } from './decode.ts';
import { ownParts } from './letter-facts.ts';
import { bytesOf, headerOf, type MimePart } from './mime-parts.ts';

export interface FoundAttachment {
  readonly name: string;
  readonly type: string;
  readonly contentId: string | undefined;
  readonly content: Buffer;
}

/** Files that the bare tree shows: for messages in whose damage the library finds none. */
export function ownAttachments(root: MimePart): FoundAttachment[] {
  return ownParts(root)
    .filter((part) => part !== root && isFile(part))
    .map((part) => ({
      name: decodeHeader(nameOf(part)),
      type: part.type,
      contentId: headerOf(part, 'content-id')?.replace(/^<|>$/g, ''),
      content: bytesOf(part),
    }));
}

function isFile(part: MimePart): boolean {
  if (part.type.startsWith('multipart/')) return false;
  return !part.type.startsWith('text/') || /^\s*attachment/i.test(headerOf(part, 'content-disposition') ?? '');
}

function nameOf(part: MimePart): string {
  const disposition = headerOf(part, 'content-disposition') ?? '';
  const given = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(disposition);
  const fallback = part.type === 'message/rfc822' ? 'message.eml' : 'attachment';
  return given?.[1] ?? given?.[2] ?? part.params.name ?? fallback;
}
