import { capped, type Evidence, findClues } from '../letters/evidence.ts';
import { readAddresses } from '../reading/addresses.ts';
import { header, type LetterFacts, ownParts } from '../reading/letter-facts.ts';
import { isSameOrganisation } from '../reading/same-organisation.ts';
import {
  autoReplyHeaders,
  autoReplyManners,
  autoReplySubjects,
  autoReplyTexts,
  FIXED_WORDS,
  noReplySenders,
} from './auto-reply-clues.ts';
import { nullSender } from './classify-bounce.ts';

/**
 * All that speaks for a message being written by a machine on behalf of somebody: vacation notices, receipts, meeting answers. What only
 * says that a program sent it is no proof: web sites and portals write so too, and pass on what people want of us.
 */
export function autoReplyEvidence(facts: LetterFacts): Evidence[] {
  const subject = findClues(autoReplySubjects, facts.subject).slice(0, 1);
  const texts = subject.some(({ weight }) => weight === FIXED_WORDS)
    ? [...autoReplyTexts, ...autoReplyManners]
    : autoReplyTexts;
  const evidence = [
    ...headers(facts),
    ...structure(facts),
    ...nullSender(facts),
    ...findClues(noReplySenders, facts.fromAddress),
    ...subject,
    ...unasked(facts, subject.length > 0),
    ...capped(findClues(texts, facts.text.slice(0, 2_000)), 60),
  ];
  const answers = evidence.some(({ what, weight }) => weight === 100 || !OF_PROGRAMS.includes(what));
  if (!answers) return capped(evidence, 90);
  return evidence.some(({ weight }) => weight === 100) ? evidence : [...evidence, ...passedOn(facts)];
}

const OF_PROGRAMS = ['auto-header', 'null-sender', 'sender-no-reply', 'text-machine'];

// A person's answer keeps the subject with "Re:" before it; programs put their own words there.
function unasked(facts: LetterFacts, isOfAbsence: boolean): Evidence[] {
  const answered = header(facts, 'in-reply-to').trim();
  return isOfAbsence && answered !== ''
    ? [{ what: 'answer-with-own-subject', weight: 40, detail: `in-reply-to: ${answered.slice(0, 80)}` }]
    : [];
}

/** Somebody of another house is to be answered: it is their words, of a form, that speak of an absence. */
function passedOn(facts: LetterFacts): Evidence[] {
  const [reply, ...others] = readAddresses(header(facts, 'reply-to'), undefined);
  if (reply === undefined || others.length > 0 || isSameOrganisation(reply.address, facts.fromAddress)) return [];
  return [{ what: 'passed-on', weight: -60, detail: `reply-to: ${reply.address}` }];
}

function headers(facts: LetterFacts): Evidence[] {
  const found = autoReplyHeaders.flatMap(({ name, pattern, weight }) => {
    const value = header(facts, name);
    return pattern.test(value) ? [{ what: 'auto-header', weight, detail: `${name}: ${value.slice(0, 80)}` }] : [];
  });
  return isFromList(facts) ? found.filter(({ weight }) => weight === 100) : found;
}

// A mailing list marks what people write with Precedence and the like.
function isFromList(facts: LetterFacts): boolean {
  return (
    header(facts, 'list-id') !== '' || header(facts, 'list-post') !== '' || /list/i.test(header(facts, 'precedence'))
  );
}

function structure({ root }: LetterFacts): Evidence[] {
  const reportType = (root.params['report-type'] ?? '').toLowerCase();
  if (reportType === 'disposition-notification')
    return [{ what: 'read-receipt', weight: 100, detail: `report-type=${reportType}` }];

  const parts = ownParts(root);
  if (parts.some(({ type }) => type === 'message/disposition-notification')) {
    return [{ what: 'read-receipt', weight: 100, detail: 'message/disposition-notification' }];
  }
  // An invitation (REQUEST) comes from a person who wants something; answers are made by the calendar.
  const answer = parts.find(
    ({ type, params }) => type === 'text/calendar' && /^(reply|counter)$/i.test(params.method ?? ''),
  );
  return answer === undefined
    ? []
    : [{ what: 'meeting-answer', weight: 100, detail: `text/calendar method=${answer.params.method}` }];
}
