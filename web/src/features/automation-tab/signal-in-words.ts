import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { ChangedField } from './field-change.tsx';
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

/** The fields that were changed, from what to what; of those that the reader may not see neither value. */
export function changedFields(payload: unknown): readonly ChangedField[] {
  const changes = isRecord(payload) && Array.isArray(payload.changes) ? payload.changes.filter(isRecord) : [];
  return changes.map(({ field, from, to, hidden }) => ({ code: String(field), from, to, hidden: hidden === true }));
}

/** What distinguishes this signal from others of its kind: the link, the sender, the code. */
export function signalDetail(payload: unknown): string {
  if (!isRecord(payload)) return '';
  const told = telling.map((name) => payload[name]).find((value) => typeof value === 'string' && value !== '');
  if (typeof told === 'string') return told;
  return typeof payload.userAgent === 'string' ? programName(payload.userAgent) : '';
}

const telling = ['url', 'from', 'subject', 'to', 'code', 'number', 'text', 'form', 'status'];
