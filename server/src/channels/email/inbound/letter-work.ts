import { SLICE_BYTES } from '../../../platform/apart/breathe.ts';
import { type Classified, classifyLetter } from '../classifying/classify.ts';
import { type DeliveryReport, readDeliveryReport } from '../classifying/delivery-report.ts';
import { readSigns, type Signs } from '../judging/signs.ts';
import { letterFacts } from '../reading/letter-facts.ts';
import { parseEmail, parsePlainly } from '../reading/parse-email.ts';
import type { ParsedAttachment, ParsedEmail, Unreadable } from '../reading/parsed-email.ts';
import { type Forwarded, findForwarded } from '../writers/find-forwarded.ts';
import { type NamedWriters, namedWriters } from '../writers/named-writers.ts';

export interface LetterWork {
  /** MAIL FROM; '' is the null sender. */
  readonly envelopeFrom: string | undefined;
  /** Why it is only read plainly. */
  readonly plainly?: Unreadable | undefined;
}

/** All that is made of the bytes of a message before anything is known of the house. */
export interface ReadLetter extends Judged {
  readonly email: Omit<ParsedEmail, 'root'>;
}

/** The same as it leaves the process: of its files the lengths. Their bytes went before it, one file behind the other. */
export interface ReadApart extends Judged {
  readonly email: Omit<ParsedEmail, 'root' | 'attachments'>;
  readonly files: readonly (Omit<ParsedAttachment, 'content'> & { readonly size: number })[];
}

interface Judged {
  readonly classified: Classified;
  readonly named: NamedWriters;
  /** The letters in it that it may pass on, the first of them. */
  readonly enclosed: readonly Forwarded[];
  /** What it says of a mail that came back; of a bounce. */
  readonly report: DeliveryReport | undefined;
  /** What it brings along to prove who sent it. */
  readonly signs: Signs;
}

const MAX_ENCLOSED = 20;

/** Runs apart (read-letter.ts): the bytes of its files in slices, then what it is. */
export function* work({ envelopeFrom, plainly }: LetterWork, raw: Uint8Array): Generator<Uint8Array, ReadApart, void> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const parsed = plainly === undefined ? parseEmail(bytes) : parsePlainly(bytes, plainly);
  const classified = classifyLetter(letterFacts(parsed, envelopeFrom));
  const { root, attachments, ...email } = parsed;
  const report = classified.classification === 'bounce' ? readDeliveryReport(root) : undefined;
  const enclosed = findForwarded(parsed).slice(0, MAX_ENCLOSED);
  yield* slicesOf(attachments.map(({ content }) => content));
  const files = attachments.map(({ content, ...file }) => ({ ...file, size: content.length }));
  return { email, files, classified, report, named: namedWriters(parsed), enclosed, signs: readSigns(root) };
}

// Copied: a view is sent with all that lies behind it.
function* slicesOf(contents: readonly Buffer[]): Generator<Uint8Array, void, void> {
  const all = Buffer.concat(contents);
  for (let from = 0; from < all.length; from += SLICE_BYTES)
    yield Uint8Array.prototype.slice.call(all, from, from + SLICE_BYTES);
}
