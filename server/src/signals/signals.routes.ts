import { MAX_SIGNALS, signalAccepted, signalsAccepted, signalsBody } from '@signalbox/contract/automation/signals.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller, Context } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { pathText } from '../platform/http/field-errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { idempotencyKeyOf } from '../platform/http/idempotency.ts';
import { parseSignals, type Weigh } from './parse-signals.ts';
import { type Recorder, UnknownTie } from './recorder.ts';

export interface SignalParts {
  /** Whether somebody may report what happened to these; throws UserError. */
  readonly checkMayRecord: (caller: Caller, posted: readonly Posted[]) => Promise<void>;
  readonly recorder: Recorder;
  readonly weigh: Weigh;
}

/** What a signal names. */
export interface Posted {
  readonly item?: number | undefined;
}

export const signalRoutes = (context: Context, parts: SignalParts): Route[] => [post(context, parts)];

const post = ({ clock }: Context, { recorder, weigh, checkMayRecord }: SignalParts) =>
  route({
    method: 'POST',
    path: '/api/v1/signals',
    summary: `What clients did, from systems that are a channel of their own; one, or at most ${MAX_SIGNALS} together. \`occurredAt\` may lie in the past, and at most 5 minutes ahead`,
    tag: 'Signals',
    access: 'employee',
    body: signalsBody,
    answers: { 202: z.union([signalsAccepted, signalAccepted]) },
    bodyLimitBytes: 8 * 1024 * 1024,
    async handle({ body, caller, request }) {
      const batch = Array.isArray(body);
      const posted = Array.isArray(body) ? body : [body];
      await checkMayRecord(caller, posted);
      const signals = parseSignals(posted, {
        weigh,
        batch,
        now: clock.now(),
        idempotencyKey: keyOf(caller, request),
      });
      const recorded = await recorder
        .record(caller.workspaceId, signals)
        .catch((error: unknown) => refuse(error, batch));
      const data = recorded.map(({ id }) => ({ id }));
      return { status: 202, body: batch ? { data } : data[0] };
    },
  });

function keyOf({ employeeId }: Caller, request: FastifyRequest): string | undefined {
  const key = idempotencyKeyOf(request);
  return key === undefined ? undefined : `${employeeId} ${key}`;
}

function refuse(error: unknown, batch: boolean): never {
  if (!(error instanceof UnknownTie)) throw error;
  throw invalid(
    error.problems.map(({ index, what }) => ({
      path: pathText([...(batch ? [index] : []), what]),
      code: 'unknown',
      message: `There is no such ${what}`,
    })),
  );
}
