import { headerOf } from '../decoding/mime-parts.ts';
import { capped, type Evidence, findClues } from '../letters/evidence.ts';
import { header, type LetterFacts, ownParts } from '../reading/letter-facts.ts';
import {
  bounceHeaders,
  bounceSubjects,
  bounceTexts,
  daemonNames,
  listRefusals,
  listSenders,
  listServerSubjects,
  listTexts,
} from './bounce-clues.ts';

/** All that speaks for a message being the report of a mail server: of a failure, a delay, a complaint. */
export function bounceEvidence(facts: LetterFacts): Evidence[] {
  return [
    ...structure(facts),
    ...headers(facts),
    ...notification(facts),
    ...returnedOriginal(facts),
    ...sender(facts),
    ...findClues([...listServerSubjects, ...listRefusals, ...bounceSubjects], facts.subject).slice(0, 1),
    ...listRefusal(facts),
    ...capped(findClues(bounceTexts, facts.text.slice(0, 20_000)), 55),
  ];
}

const reportTypes: Readonly<Record<string, string>> = {
  'delivery-status': 'delivery-report',
  'feedback-report': 'complaint-report',
};
const partTypes: Readonly<Record<string, string>> = {
  'message/delivery-status': 'delivery-report',
  'message/global-delivery-status': 'delivery-report',
  'message/feedback-report': 'complaint-report',
};

function structure({ root }: LetterFacts): Evidence[] {
  const named = reportTypes[(root.params['report-type'] ?? '').toLowerCase()];
  if (named !== undefined) return [{ what: named, weight: 100, detail: `report-type=${root.params['report-type']}` }];

  const part = ownParts(root).find(({ type }) => partTypes[type] !== undefined);
  const what = part && partTypes[part.type];
  return part === undefined || what === undefined ? [] : [{ what, weight: 100, detail: part.type }];
}

function headers(facts: LetterFacts): Evidence[] {
  return bounceHeaders.flatMap(({ name, pattern }) => {
    const value = header(facts, name);
    return pattern.test(value)
      ? [{ what: 'bounce-header', weight: 100, detail: `${name}: ${value.slice(0, 80)}` }]
      : [];
  });
}

// Outlook.com's complaints have no report part, only this header on the message that was complained of.
function returnedOriginal({ root }: LetterFacts): Evidence[] {
  const original = ownParts(root).find(({ type }) => type === 'message/rfc822' || type === 'text/rfc822-headers');
  if (original === undefined) return [];
  const complaint = original.children.some((message) => headerOf(message, 'x-hmxmroriginalrecipient') !== undefined);
  if (complaint) return [{ what: 'complaint-report', weight: 100, detail: 'x-hmxmroriginalrecipient' }];
  return [{ what: 'original-returned', weight: 30, detail: original.type }];
}

// Amazon's notification service mails its reports as JSON.
function notification({ text }: LetterFacts): Evidence[] {
  const kind = /\\?"notificationType\\?"\s*:\s*\\?"(Bounce|Complaint|Delivery)/i.exec(text)?.[0];
  return kind === undefined ? [] : [{ what: 'notification', weight: 100, detail: kind }];
}

// People write to a list's owner, too: its address and its words count where it says that it refuses something.
function listRefusal(facts: LetterFacts): Evidence[] {
  const refusal = findClues(listRefusals, facts.subject);
  if (refusal.length === 0) return [];
  return [...findClues(listSenders, facts.fromAddress), ...findClues(listTexts, facts.text.slice(0, 5_000))];
}

function sender(facts: LetterFacts): Evidence[] {
  const daemon = [...findClues(daemonNames, facts.fromAddress), ...findClues(daemonNames, facts.fromName)].slice(0, 1);
  return [...daemon, ...nullSender(facts)];
}

export function nullSender(facts: LetterFacts): Evidence[] {
  const path = facts.envelopeFrom === '' ? '<>' : header(facts, 'return-path').trim();
  const isNull = /^(<\s*>|<?null>?|<?mailer-daemon(@[^>]*)?>?)$/i.test(path);
  return isNull ? [{ what: 'null-sender', weight: 40, detail: path }] : [];
}
