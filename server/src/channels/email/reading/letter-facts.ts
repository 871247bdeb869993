import { headerOf, type MimePart, textOf } from '../decoding/mime-parts.ts';
import type { ParsedEmail } from './parsed-email.ts';

/** What classification looks at: plain data of one incoming message. */
export interface LetterFacts {
  readonly root: MimePart;
  /** Lower case; '' when the message names nobody. */
  readonly fromAddress: string;
  readonly fromName: string;
  readonly subject: string;
  /** The readable text without what it quotes. */
  readonly text: string;
  /** MAIL FROM of the delivery: '' is the null sender of machines; undefined when not known. */
  readonly envelopeFrom: string | undefined;
}

export function letterFacts(email: ParsedEmail, envelopeFrom?: string): LetterFacts {
  // Broken reports may hide their first words in what looks like an attachment.
  const plain = ownParts(email.root).find(({ type }) => type === 'text/plain');
  const ownWords = plain === undefined ? '' : textOf(plain);
  const text = email.text.includes(ownWords.trim()) ? email.text : `${ownWords}\n${email.text}`;
  return {
    root: email.root,
    fromAddress: email.from?.address ?? '',
    fromName: email.from?.name ?? email.headers.from ?? '',
    subject: email.subject,
    text: withoutQuotes(text),
    envelopeFrom,
  };
}

function withoutQuotes(text: string): string {
  return text.replace(/^[ \t]*>.*$/gm, '');
}

/** The message's own parts: what is inside a forwarded or returned message is not its own. */
export function ownParts(part: MimePart): readonly MimePart[] {
  return [part, ...(part.type.startsWith('multipart/') ? part.children.flatMap(ownParts) : [])];
}

export function header(facts: LetterFacts, name: string): string {
  return headerOf(facts.root, name) ?? '';
}
