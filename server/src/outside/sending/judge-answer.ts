import { atJsonPath } from '@signalbox/automation/kit/values/json-path.ts';
import { because, type Reason } from '@signalbox/automation/kit/words/reasons.ts';
import { type OutsideAnswer, TooLarge, TooLate } from '../../connections/ask-outside.ts';
import { PrivateHost } from '../../connections/reach-host.ts';
import type { SendResult } from '../../outbox/sender.ts';
import { createJsonCounter } from '../../platform/http/count-json.ts';
import type { Answer } from '../kept/webhooks.store.ts';

type Unsent = Exclude<SendResult, { outcome: 'sent' }>;
type Judged = { readonly outcome: 'sent'; readonly answer: Answer } | Unsent;

interface Asked {
  readonly host: string;
  /** By name, where the results stand. */
  readonly wanted: Readonly<Record<string, string>>;
}

/** They say that it may go better later; all others of 400 and more refuse it for good. */
const notNow: readonly number[] = [408, 409, 423, 425, 429];

/** What became of a request by its answer: taken, to be tried again, or refused for good. */
export function judgeAnswer({ status, location, text }: OutsideAnswer, { host, wanted }: Asked): Judged {
  if (status >= 500 || notNow.includes(status)) return later(because('webhook-busy', { host, status }));
  if (status >= 300 && status < 400) return never(because('webhook-redirects', { host, to: placeOf(location) }));
  if (status < 200 || status >= 400) return never(because('webhook-refused', { host, status }));
  if (Object.keys(wanted).length === 0) return { outcome: 'sent', answer: { status, results: {} } };
  const json = jsonOf(text);
  if (json === undefined) return never(because('webhook-not-json', { host }));
  const results = Object.entries(wanted).map(([name, path]) => [name, shown(atJsonPath(json.value, path))] as const);
  return { outcome: 'sent', answer: { status, results: Object.fromEntries(results) } };
}

/** Why there is no answer. */
export function judgeFailure(
  error: unknown,
  { host, timeoutMs, limitBytes }: { readonly host: string; readonly timeoutMs: number; readonly limitBytes: number },
): Unsent {
  if (error instanceof PrivateHost) return never(because('webhook-private', { host }));
  if (error instanceof TooLarge)
    return never(because('webhook-too-large', { host, limit: Math.floor(limitBytes / 1_024) }));
  if (error instanceof TooLate) return later(because('webhook-late', { host, seconds: Math.ceil(timeoutMs / 1_000) }));
  const answer = error instanceof Error ? error.message : String(error);
  return later(because('webhook-no-connection', { host, answer: answer.slice(0, 200) }));
}

const later = (reason: Reason): Unsent => ({ outcome: 'temporary', reason, last: reason });
const never = (reason: Reason): Unsent => ({ outcome: 'permanent', reason });

// What stands behind the host of a redirect may be somebody's secret.
function placeOf(location: string | null): string {
  if (location === null) return '?';
  return URL.canParse(location) ? new URL(location).host : location.split(/[?#]/)[0]?.slice(0, 100) || '?';
}

/** A megabyte of lists in lists takes half a second to read, and everybody waits: it is counted first, as bodies are. */
const MOST = { values: 20_000, depth: 100, outside: 300_000, escapes: 50_000 };

function jsonOf(text: string): { readonly value: unknown } | undefined {
  try {
    createJsonCounter(MOST).add(Buffer.from(text));
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch {
    return undefined;
  }
}

const LONGEST_RESULT = 10_000;

/** Numbers, yes and no as they are; what has parts as its JSON; what is not there as nothing. */
function shown(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll('\0', '').toWellFormed().slice(0, LONGEST_RESULT).toWellFormed();
}
