import { verdictCodes } from '@signalbox/automation/engine/verdict.ts';
import { z } from 'zod';
import { givenTime, id, listOf, time } from '../common.ts';

/** Exactly one of `id`, `email` and `phone`; `kind` says whose id it is (default contact). */
export const signalClient = z
  .strictObject({
    kind: z.enum(['contact', 'company']).optional(),
    id: id.optional(),
    email: z.string().trim().min(3).max(320).optional(),
    phone: z.string().trim().min(3).max(60).optional(),
  })
  .refine((client) => [client.id, client.email, client.phone].filter((one) => one !== undefined).length === 1, {
    error: 'Give exactly one of id, email and phone',
    params: { code: 'client' },
  });

const common = {
  item: id.optional(),
  client: signalClient.optional(),
  sourceKey: z.string().min(1).max(500).optional(),
  occurredAt: givenTime.optional(),
};

/** One signal as it is posted; the payload is checked by its kind. */
export const signalBody = z
  .strictObject({ kind: z.string().min(1).max(100), ...common, payload: z.record(z.string(), z.json()).default({}) })
  .refine((signal) => (signal.item === undefined) !== (signal.client === undefined), {
    error: 'Give exactly one of item and client',
    params: { code: 'item-or-client' },
  });
export type SignalBody = z.input<typeof signalBody>;
export const MAX_SIGNALS = 1_000;
export const signalBatch = z.array(signalBody).min(1).max(MAX_SIGNALS);
export const signalsBody = z.union([signalBatch, signalBody]);

export const signalAccepted = z.object({ id });
export const signalsAccepted = z.object({ data: z.array(signalAccepted) });

/** One of semantics.md 3.2. */
export const verdictCode = z.enum(verdictCodes);
export const verdict = z.object({
  trigger: z.string(),
  key: z.string(),
  name: z.string(),
  stage: z.string(),
  verdict: verdictCode,
  detail: z.record(z.string(), z.json()).nullable(),
});
export type Verdict = z.infer<typeof verdict>;
/** An item's signal with what was decided on it; `decidedAt` is null while it waits. */
export const itemSignal = z.looseObject({
  id,
  kind: z.string(),
  occurredAt: time,
  recordedAt: time,
  decidedAt: time.nullable(),
  payload: z.json(),
  verdicts: z.array(verdict),
  move: id.nullable(),
  /** How the item was found when only the client was known, or why it was passed over, e.g. `the item is closed`. */
  note: z.record(z.string(), z.json()).nullish(),
});
export type ItemSignal = z.infer<typeof itemSignal>;
export const itemSignals = listOf(itemSignal);
