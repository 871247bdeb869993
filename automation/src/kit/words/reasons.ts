import { z } from 'zod';
import type { Language } from './languages.ts';
import strings from './reasons.strings.json' with { type: 'json' };
import { fillIn } from './words.ts';

/** Why a run or a delivery came to nothing, each with what has to be known to say it. Stored: codes never change. */
export const reasonParams = {
  // What a rule is set up to do can't be done.
  'settings-incomplete': [],
  'setting-empty': ['setting'],
  'text-empty': [],
  template: ['problem'],
  'no-number': ['value', 'filter'],
  'no-value': ['filter'],
  'two-currencies': ['value', 'filter'],
  'divided-by-zero': [],
  'no-recipient': [],
  'nobody-responsible': [],
  'nobody-to-choose': [],
  'nobody-here': ['name'],
  'no-mailbox': ['mailbox'],
  'no-mailbox-yet': [],
  'mail-quota': [],
  'quota-used-up': [],
  'no-address': [],
  'not-an-address': ['address'],
  'field-fixed': ['field'],
  misfit: ['value', 'field', 'kind'],
  'title-empty': [],
  'one-value': ['field'],
  'target-gone': ['target', 'field'],
  'no-pipeline': ['pipeline'],
  'no-stage': ['stage', 'pipeline'],
  'no-type': ['type'],
  'no-field': ['field'],
  'not-a-lead': [],
  'no-contact': [],
  'no-company': [],
  'client-name-empty': [],
  'no-moment': ['value'],
  'no-file-field': ['field'],
  'unknown-file': ['file'],
  'files-too-large': ['size', 'limit'],
  loop: ['stages'],
  'unknown-rule': [],
  refused: ['message'],
  unexpected: ['message'],
  // It was not to run.
  'date-empty': ['field'],
  'left-stage': [],
  'sent-elsewhere': ['rule'],
  'waited-in-vain': ['rule'],
  'stopped-by-hand': [],
  'cancelled-by-hand': [],
  'item-deleted': [],
  'rule-gone': [],
  'pipeline-gone': [],
  // What it was is not told to who reads it.
  'field-not-seen': [],
  // It is not taken back, or was.
  'undo-changed-since': ['by'],
  'undo-value-gone': [],
  'undo-already': [],
  'undo-gone': [],
  'undo-sent': ['to'],
  'undo-perhaps-sent': ['to'],
  'undo-read': ['by'],
  'undo-worked-on': [],
  'undo-moved-since': ['stage'],
  'undo-stage-gone': [],
  'undo-not-again': [],
  'undo-no-right': [],
  'undo-by-hand': [],
  'taken-back': [],
  // A message did not leave, or nobody knows.
  'no-sender': ['kind'],
  'no-smtp': ['mailbox'],
  'no-connection': ['answer'],
  'certificate-time': ['host'],
  'certificate-of-another': ['host'],
  'certificate-untrusted': ['host'],
  'private-host': ['host'],
  'foreign-domain': ['domain'],
  'unclaimed-domain': ['domain'],
  'server-said': ['answer'],
  // The exchange of a phone line.
  'exchange-away': ['answer'],
  'exchange-refuses': ['answer'],
  'private-exchange': ['host'],
  'exchange-says': ['answer'],
  'no-extension': ['line'],
  'twilio-refuses': ['answer'],
  'twilio-no-number': ['number'],
  'twilio-hook': ['number', 'url'],
  // A recording of a call was not fetched.
  'recording-address': [],
  'recording-private': ['host'],
  'recording-host': ['host'],
  'recording-redirects': [],
  'recording-password': [],
  'recording-status': ['status'],
  'recording-too-large': ['limit'],
  'recording-no-sound': [],
  'recording-quota': [],
  'recording-no-room': [],
  'recording-store-away': [],
  'recording-broken-off': ['answer'],
  'partly-refused': ['refused', 'accepted', 'answer'],
  'given-up': ['tries', 'answer'],
  'mail-gone': [],
  'file-deleted': ['file'],
  'files-unreadable': ['answer'],
  'sender-died': [],
  'sent-again': [],
  'no-answer': ['answer'],
  'channel-paused': ['channel', 'answer'],
  // A request to another system.
  'webhook-address': ['url'],
  'webhook-body': [],
  'webhook-body-long': ['limit'],
  'webhook-secret': [],
  'webhook-private': ['host'],
  'webhook-no-connection': ['host', 'answer'],
  'webhook-late': ['host', 'seconds'],
  'webhook-busy': ['host', 'status'],
  'webhook-refused': ['host', 'status'],
  'webhook-redirects': ['host', 'to'],
  'webhook-too-large': ['host', 'limit'],
  'webhook-not-json': ['host'],
  'webhook-gone': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ReasonCode = keyof typeof reasonParams;

export interface Reason {
  readonly code: ReasonCode;
  readonly params: Readonly<Record<string, string | number>>;
}

type ParamsOf<C extends ReasonCode> = { readonly [P in (typeof reasonParams)[C][number]]: string | number };

/**
 * A reason with exactly what its sentence needs: `because('no-mailbox', { mailbox })`. What others answered is cut to what can be kept:
 * half a letter and a NUL would keep the database from writing down why something failed.
 */
export function because<C extends ReasonCode>(
  code: C,
  ...[params]: (typeof reasonParams)[C]['length'] extends 0 ? [] : [ParamsOf<C>]
): Reason {
  const given: Reason['params'] = params ?? {};
  return { code, params: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, storable(value)])) };
}

function storable(value: string | number): string | number {
  return typeof value === 'string' ? value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd') : value;
}

/** What a parameter is called on screen; without them codes are shown as written. */
export interface ReasonNames {
  readonly field?: (code: string) => string;
  readonly setting?: (name: string) => string;
}

export interface ReasonWords {
  readonly what: string;
  /** What a person can do about it; empty: nothing is to be done. */
  readonly todo: string;
}

/** A reason in the reader's language: what is wrong, and what to do (semantics.md 5.10). */
export function reasonInWords({ code, params }: Reason, language: Language, names: ReasonNames = {}): ReasonWords {
  const { kinds, reasons } = strings[language];
  const { what, todo }: { readonly what: string; readonly todo?: string } = reasons[code];
  const called: Readonly<Record<string, (value: string) => string>> = {
    kind: (kind) => new Map(Object.entries(kinds)).get(kind) ?? kind,
    ...names,
  };
  const values = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, called[name]?.(String(value)) ?? value]),
  );
  return { what: fillIn(what, values), todo: fillIn(todo ?? '', values) };
}

/** The English words, for the API's `error`. */
export function reasonText(reason: Reason): string {
  return reasonInWords(reason, 'en').what;
}

const stored = z.object({
  code: z.string().refine((code): code is ReasonCode => Object.hasOwn(reasonParams, code)),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** Null: there is none, or it is not known here, as in a row of a newer version; its English text stands beside it. */
export function readReason(raw: unknown): Reason | null {
  const parsed = stored.safeParse(raw);
  return parsed.success ? parsed.data : null;
}
