import { z } from 'zod';
import { id, listOf, pageQuery, person, reason, time } from '../common.ts';
import { ruleOrder } from './order.ts';

export const runState = z.enum(['waiting', 'running', 'done', 'failed', 'skipped', 'cancelled', 'uncertain']);
export type RunState = z.infer<typeof runState>;

/** One rule of one visit (semantics.md 5). `waiting` with `dueAt: null`: its turn has not come, or its date is empty. */
export const run = z.looseObject({
  id,
  rule: z.string(),
  key: z.string(),
  name: z.string(),
  ...ruleOrder,
  visit: id,
  state: runState,
  waitingFor: z.enum(['time', 'condition', 'task', 'answer']).nullable(),
  dueAt: time.nullable(),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  result: z.json(),
  /** English words of the reason; alone for runs from before reasons had codes. */
  error: z.string().nullable(),
  reason: reason.nullable(),
  /** The code and name of the stage of its visit. */
  stage: z.object({ id, code: z.string(), name: z.string() }).nullable(),
  enteredAt: time,
  askedBy: person.nullable(),
  /** What it sent has not arrived yet: why, and when it is sent again. */
  tried: z.object({ reason: reason.nullable(), nextAt: time, attempts: z.int() }).nullable(),
  /** Who gave it another moment by hand. */
  movedBy: person.nullable(),
  /** It left something behind that can be taken back, as far as nobody has changed it. */
  undoable: z.boolean(),
  /** When what it did was taken back, and by whom. */
  undone: z.object({ at: time, by: person.nullable() }).nullable(),
});
export type Run = z.infer<typeof run>;
/** Newest visit first, within a visit as the rules stand on the stage. */
export const runs = listOf(run);
export const runsQuery = z.strictObject(pageQuery);

export const stopped = z.object({ cancelled: z.int() });

/** "Also run for N items now on this stage". */
export const runForItemsBody = z.strictObject({ dryRun: z.boolean().default(false) });
export const runForItems = z.object({ items: z.array(z.object({ id, title: z.string() })) });
export const ruleParams = z.strictObject({
  type: z.string().min(1),
  pipeline: z.string().min(1),
  id: z.string().min(1),
});

export const delivery = z.object({
  id,
  state: z.enum(['queued', 'sending', 'sent', 'failed', 'uncertain']),
  error: z.string().nullable(),
  reason: reason.nullable(),
});
export type Delivery = z.infer<typeof delivery>;
