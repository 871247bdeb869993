import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { WordFacts } from '../../controls/form-facts.tsx';
import { fieldInWords } from '../../controls/words/setting-in-words.ts';
import { programName } from './program-name.ts';

/** `email.link-clicked` -> `emailLinkClicked`, the last part of its text's key. */
export const textKey = (name: string) => name.replaceAll(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());

export interface PieceOfEvidence {
  readonly what: string;
  readonly detail: string;
}

export function evidenceOf(payload: unknown): readonly PieceOfEvidence[] {
  if (!isRecord(payload) || !Array.isArray(payload.evidence)) return [];
  return payload.evidence
    .filter(isRecord)
    .map(({ what, detail }) => ({ what: String(what ?? ''), detail: String(detail ?? '') }));
}

export const machineOf = (payload: unknown): boolean => isRecord(payload) && payload.machine === true;

/** The item was the client's, but closed: it was not even judged (semantics.md 2.2). */
export const isPassedOver = (note: unknown): boolean => isRecord(note) && note.why === 'the item is closed';

/** What distinguishes this signal from others of its kind: the link, the sender, the code, the fields. */
export function signalDetail(payload: unknown, facts: WordFacts): string {
  if (!isRecord(payload)) return '';
  if (Array.isArray(payload.changes))
    return payload.changes
      .filter(isRecord)
      .map(({ field }) => fieldInWords(String(field), facts))
      .join(', ');
  const told = telling.map((name) => payload[name]).find((value) => typeof value === 'string' && value !== '');
  if (typeof told === 'string') return told;
  return typeof payload.userAgent === 'string' ? programName(payload.userAgent) : '';
}

const telling = ['url', 'from', 'subject', 'to', 'code', 'number', 'text', 'form', 'status'];
