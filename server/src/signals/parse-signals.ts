import { randomUUID } from 'node:crypto';
import { findSignalKind } from '@signalbox/automation/signals/index.ts';
import type { signalBody } from '@signalbox/contract/automation/signals.ts';
import type { z } from 'zod';
import { type FieldError, invalid } from '../platform/errors.ts';
import { fieldErrors, pathText, summary } from '../platform/http/field-errors.ts';
import type { NewSignal } from './record-signals.ts';

export type PostedSignal = z.output<typeof signalBody>;

/** Adds what we can tell ourselves, e.g. that a reported open was a machine's (semantics.md 9.1). */
export type Weigh = (kind: string, payload: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

interface Parsing {
  readonly weigh: Weigh;
  readonly now: Date;
  /** Of the whole request: its signals without a source key get theirs from it. */
  readonly idempotencyKey: string | undefined;
  /** A batch says in each path which signal is meant: `[3].payload.code`. */
  readonly batch: boolean;
}

/** What outside systems post, checked by kind; throws UserError naming every mistake (interfaces.md, `POST /api/v1/signals`). */
export function parseSignals(posted: readonly PostedSignal[], parsing: Parsing): NewSignal[] {
  const errors: FieldError[] = [];
  const signals = posted.flatMap((signal, index) => {
    const parsed = parseOne(signal, index, parsing);
    if (!Array.isArray(parsed)) return [parsed];
    errors.push(...parsed);
    return [];
  });
  if (errors.length > 0) throw invalid(errors, summary(errors));
  return signals;
}

function parseOne(signal: PostedSignal, index: number, parsing: Parsing): NewSignal | FieldError[] {
  const at = parsing.batch ? [index] : [];
  const definition = findSignalKind(signal.kind);
  if (definition === undefined || !definition.external) return [unknownKind(signal.kind, pathText([...at, 'kind']))];
  const occurredAt = signal.occurredAt === undefined ? parsing.now : new Date(signal.occurredAt);
  if (occurredAt.getTime() > parsing.now.getTime() + CLOCK_ERROR_MS) return [tooEarly(pathText([...at, 'occurredAt']))];
  const payload = definition.schema.safeParse(signal.payload);
  if (!payload.success) return fieldErrors(payload.error, [...at, 'payload']);
  return {
    kind: signal.kind,
    sourceKey: sourceKeyOf(signal, index, parsing),
    occurredAt,
    payload: parsing.weigh(signal.kind, payload.data),
    ...(signal.item === undefined ? { client: signal.client } : { items: [signal.item] }),
  };
}

/** How far the clock of another system may be before ours: what lies beyond has not happened yet. */
const CLOCK_ERROR_MS = 5 * 60_000;

function tooEarly(path: string): FieldError {
  return { path, code: 'future', message: 'It has not happened yet: a signal is at most 5 minutes ahead of our clock' };
}

function unknownKind(kind: string, path: string): FieldError {
  return { path, code: 'kind', message: `${kind} is not a kind that may be sent; see the list in /api/docs` };
}

// A name of its own, so that an integrator's keys never meet those of our channels.
function sourceKeyOf({ sourceKey }: PostedSignal, index: number, { idempotencyKey }: Parsing): string {
  if (sourceKey !== undefined) return `api ${sourceKey}`;
  return idempotencyKey === undefined ? `api ${randomUUID()}` : `idempotency ${idempotencyKey} ${index}`;
}
