import { z } from 'zod';
import { givenTime, id, idInPath, listOf, pageQuery, person, personRef, reason, time } from '../common.ts';

/** What waits: runs of rules, reminders of tasks, tasks that are made again, and what is to leave for the outside. */
export const plannedKinds = ['run', 'reminder', 'repeat', 'delivery'] as const;
export const plannedKind = z.enum(plannedKinds);
export type PlannedKind = z.infer<typeof plannedKind>;

export const MAX_PLANNED_AT_ONCE = 200;

/** `run-12`, `reminder-5`: the kind, and the id of the run, the task or the delivery. */
const plannedId = z.string().regex(/^(run|reminder|repeat|delivery)-[1-9]\d{0,14}$/, 'An id like run-12');

const planned = z.object({
  id: plannedId,
  kind: plannedKind,
  /** Null: it waits for something else than a moment. */
  at: time.nullable(),
  /** Of a run: what it waits for. */
  waitingFor: z.enum(['time', 'condition', 'task', 'answer']).nullable(),
  /** The condition that it waits for, as the automation file writes it; `at` is until when at most. */
  condition: z.record(z.string(), z.json()).nullable(),
  item: z.object({ id, title: z.string(), type: z.string() }).nullable(),
  /** Of the item; of a reminder or a repeat, of the task. */
  responsible: person.nullable(),
  rule: z.object({ id: z.string(), key: z.string(), name: z.string() }).nullable(),
  pipeline: z.object({ id, name: z.string() }).nullable(),
  stage: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** Rules after it in its chain that wait for it. */
  behind: z.int(),
  task: z.object({ id, title: z.string() }).nullable(),
  /** Of a delivery: what it is, and why it has not left yet. */
  delivery: z.object({ kind: z.string(), error: z.string().nullable(), reason: reason.nullable() }).nullable(),
  /** Who gave it this moment by hand. */
  movedBy: person.nullable(),
  may: z.object({ change: z.boolean(), move: z.boolean() }),
});
export type Planned = z.infer<typeof planned>;
/** By moment, the earliest first; what waits for none comes last. */
export const plannedList = listOf(planned);

const filter = {
  kind: plannedKind.optional(),
  responsible: z.union([idInPath, personRef]).optional(),
  pipeline: idInPath.optional(),
  /** The id of a rule; together with its pipeline. */
  rule: z.string().min(1).max(200).optional(),
  /** From this moment. */
  from: time.optional(),
  /** Before this moment. */
  to: time.optional(),
};
export const plannedQuery = z
  .strictObject({ ...pageQuery, ...filter, limit: z.coerce.number<string>().int().min(1).max(200).default(50) })
  .refine(({ rule, pipeline }) => rule === undefined || pipeline !== undefined, {
    path: ['pipeline'],
    message: 'A rule is named together with its pipeline',
  });

/** Which rules have runs that wait; `count` up to 1,000, 1,001 for more; null for who may not see all of the pipeline. */
export const plannedRules = z.object({
  data: z.array(
    z.object({
      pipeline: z.object({ id, name: z.string(), type: z.string() }),
      rule: z.object({ id: z.string(), key: z.string(), name: z.string() }),
      count: z.int().nullable(),
      next: time.nullable(),
    }),
  ),
});
export type PlannedRule = z.infer<typeof plannedRules>['data'][number];

/** `move`: to another moment that is still to come. */
export const plannedChangeBody = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('run-now'), ids: z.array(plannedId).min(1).max(MAX_PLANNED_AT_ONCE) }),
  z.strictObject({ act: z.literal('cancel'), ids: z.array(plannedId).min(1).max(MAX_PLANNED_AT_ONCE) }),
  z.strictObject({ act: z.literal('move'), ids: z.array(plannedId).min(1).max(MAX_PLANNED_AT_ONCE), at: givenTime }),
]);
export type PlannedChange = z.infer<typeof plannedChangeBody>;
/** Each is judged on its own; those that may not be changed so are told and stay. */
export const plannedChanged = z.object({
  done: z.array(plannedId),
  refused: z.array(z.object({ id: plannedId, code: z.string(), message: z.string() })),
});
export type PlannedChanged = z.infer<typeof plannedChanged>;
