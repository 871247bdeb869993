import { type Classified, classifyLetter } from '../classifying/classify.ts';
import { type DeliveryReport, readDeliveryReport } from '../classifying/delivery-report.ts';
import { readSigns, type Signs } from '../judging/signs.ts';
import { letterFacts } from '../reading/letter-facts.ts';
import { parseEmail, parsePlainly } from '../reading/parse-email.ts';
import type { ParsedEmail, Unreadable } from '../reading/parsed-email.ts';
import { type Forwarded, findForwarded } from '../writers/find-forwarded.ts';
import { type NamedWriters, namedWriters } from '../writers/named-writers.ts';

export interface LetterWork {
  readonly raw: Uint8Array;
  /** MAIL FROM; '' is the null sender. */
  readonly envelopeFrom: string | undefined;
  /** Why it is only read plainly. */
  readonly plainly?: Unreadable | undefined;
}

/** All that is made of the bytes of a message before anything is known of the house. */
export interface ReadLetter {
  readonly email: Omit<ParsedEmail, 'root'>;
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

/** Runs apart (read-letter.ts). */
export function work({ raw, envelopeFrom, plainly }: LetterWork): ReadLetter {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const parsed = plainly === undefined ? parseEmail(bytes) : parsePlainly(bytes, plainly);
  const classified = classifyLetter(letterFacts(parsed, envelopeFrom));
  const { root, ...email } = parsed;
  const report = classified.classification === 'bounce' ? readDeliveryReport(root) : undefined;
  const enclosed = findForwarded(parsed).slice(0, MAX_ENCLOSED);
  return { email, classified, report, named: namedWriters(parsed), enclosed, signs: readSigns(root) };
}
