import { type Evidence, isProven } from '../letters/evidence.ts';
import { header, type LetterFacts } from '../reading/letter-facts.ts';
import { autoReplyEvidence } from './classify-auto-reply.ts';
import { bounceEvidence } from './classify-bounce.ts';

/** `flood`: a person's, as far as it is known, but one of too many at once (strangers/). */
export type Classification = 'person' | 'bounce' | 'auto-reply' | 'spam' | 'flood';

export interface Classified {
  readonly classification: Classification;
  /** Also for a person: what spoke for a machine but did not suffice. */
  readonly evidence: readonly Evidence[];
}

/** Who wrote it: a person, or a machine (triggers.md, email/received: bounces and auto-replies do not count). Pure. */
export function classifyLetter(facts: LetterFacts): Classified {
  const witnesses = [
    { classification: 'bounce', evidence: bounceEvidence(facts) },
    { classification: 'auto-reply', evidence: autoReplyEvidence(facts) },
    { classification: 'spam', evidence: spamEvidence(facts) },
  ] as const;
  const proven = witnesses.find(({ evidence }) => isProven(evidence));
  if (proven !== undefined) return proven;

  const doubts = witnesses.flatMap(({ evidence }) => evidence);
  const distinct = new Map(doubts.map((piece) => [`${piece.what} ${piece.detail}`, piece]));
  return { classification: 'person', evidence: [...distinct.values()] };
}

function spamEvidence(facts: LetterFacts): Evidence[] {
  const flag = header(facts, 'x-spam-flag');
  const status = header(facts, 'x-spam-status');
  if (/^\s*yes/i.test(flag)) return [{ what: 'spam-header', weight: 100, detail: `x-spam-flag: ${flag}` }];
  if (/^\s*yes\b/i.test(status))
    return [{ what: 'spam-header', weight: 100, detail: `x-spam-status: ${status.slice(0, 80)}` }];
  return [];
}
