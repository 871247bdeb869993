import { capped, type Evidence, findClues } from '../letters/evidence.ts';
import { header, type LetterFacts, ownParts } from '../reading/letter-facts.ts';
import { autoReplyHeaders, autoReplySubjects, autoReplyTexts, noReplySenders } from './auto-reply-clues.ts';
import { nullSender } from './classify-bounce.ts';

/** All that speaks for a message being written by a machine on behalf of somebody: vacation notices, receipts, meeting answers. */
export function autoReplyEvidence(facts: LetterFacts): Evidence[] {
  return [
    ...headers(facts),
    ...structure(facts),
    ...nullSender(facts),
    ...findClues(noReplySenders, facts.fromAddress),
    ...findClues(autoReplySubjects, facts.subject).slice(0, 1),
    ...capped(findClues(autoReplyTexts, facts.text.slice(0, 2_000)), 60),
  ];
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
