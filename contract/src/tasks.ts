import { taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import { z } from 'zod';
import { givenTime, id, idInPath, listOf, name, pageQuery, person, personRef, time } from './common.ts';

export const taskStatus = z.enum(taskStatuses);
/** A planned call or meeting is a task whose deadline is when it takes place. */
export const taskKinds = ['task', 'call', 'meeting'] as const;
export const taskKind = z.enum(taskKinds);
export type TaskKind = z.infer<typeof taskKind>;

export const MAX_CHECKLIST = 200;
export const MAX_TASKS_AT_ONCE = 200;

const checklist = z
  .array(
    z.strictObject({ text: z.string().trim().min(1, 'Must not be empty').max(500), done: z.boolean().default(false) }),
  )
  .max(MAX_CHECKLIST);
const observers = z.array(personRef).max(100);
const fileIds = z.array(id).max(100);
const description = z.string().max(50_000);

/** So many minutes before the deadline; `workingTime`: not outside the responsible's working time, so earlier if need be. */
export const taskReminder = z.strictObject({
  minutes: z.int().min(0).max(525_600),
  workingTime: z.boolean().default(true),
});
export type TaskReminder = z.infer<typeof taskReminder>;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day like 09:00');
const everyFew = z.int().min(1).max(100).default(1);
const common = {
  /** When on its day the next one is made, in the workspace's time zone. */
  at: timeOfDay.default('09:00'),
  /** After it none is made any more. */
  until: z.iso.date().nullish(),
};

/** When the next one is made. Its deadline is as long after that as this one's was. */
export const taskRepeat = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('day'), interval: everyFew, workingDays: z.boolean().default(false), ...common }),
  /** 1 is Monday, 7 Sunday. */
  z.strictObject({
    every: z.literal('week'),
    interval: everyFew,
    weekdays: z.array(z.int().min(1).max(7)).min(1),
    ...common,
  }),
  /** A month that is too short: its last day. */
  z.strictObject({ every: z.literal('month'), interval: everyFew, day: z.int().min(1).max(31), ...common }),
]);
export type TaskRepeat = z.infer<typeof taskRepeat>;

/** `files`: ids of uploaded files that the caller may see. Left out: the caller is responsible and creator. */
export const taskBody = z.strictObject({
  kind: taskKind.default('task'),
  title: name,
  description: description.default(''),
  responsible: personRef.nullish(),
  creator: personRef.optional(),
  observers: observers.default([]),
  /** Who completes it reports it; the creator accepts or returns it. */
  needsAcceptance: z.boolean().default(false),
  deadline: givenTime.nullish(),
  reminder: taskReminder.nullish(),
  checklist: checklist.default([]),
  item: id.nullish(),
  parent: id.nullish(),
  files: fileIds.default([]),
  repeat: taskRepeat.nullish(),
  status: taskStatus.default('new'),
});
export type TaskBody = z.infer<typeof taskBody>;

/**
 * What is left out stays. `status: completed` by another than the creator, where the creator accepts, becomes `supposedly-completed`;
 * the creator accepts by `completed` and returns by any other.
 */
export const taskPatch = z.strictObject({
  title: name.optional(),
  description: description.optional(),
  status: taskStatus.optional(),
  responsible: personRef.nullable().optional(),
  creator: personRef.optional(),
  observers: observers.optional(),
  needsAcceptance: z.boolean().optional(),
  deadline: givenTime.nullable().optional(),
  reminder: taskReminder.nullable().optional(),
  checklist: checklist.optional(),
  item: id.nullable().optional(),
  parent: id.nullable().optional(),
  files: fileIds.optional(),
  repeat: taskRepeat.nullable().optional(),
  /** As it was read: a save by somebody else since is a 409 `changed-meanwhile`. */
  expectedUpdatedAt: time.optional(),
});
export type TaskPatch = z.infer<typeof taskPatch>;

const fileName = z.object({ id, name: z.string(), size: z.int(), type: z.string() });

export const task = z.object({
  id,
  kind: taskKind,
  title: z.string(),
  description: z.string(),
  status: taskStatus,
  responsible: person.nullable(),
  creator: person.nullable(),
  observers: z.array(person),
  needsAcceptance: z.boolean(),
  deadline: time.nullable(),
  /** The deadline has passed and it is not completed. */
  overdue: z.boolean(),
  reminder: taskReminder.nullable(),
  /** When the responsible is reminded; null: never, or it has been. */
  remindAt: time.nullable(),
  checklist: z.array(z.object({ text: z.string(), done: z.boolean() })),
  /** Null: none, or one that the caller may not see. */
  item: id.nullable(),
  itemTitle: z.string().nullable(),
  itemType: z.string().nullable(),
  parent: id.nullable(),
  subtasks: z.object({ all: z.int(), completed: z.int() }),
  files: z.array(fileName),
  comments: z.int(),
  repeat: taskRepeat.nullable(),
  /** When the next one is made. */
  repeatAt: time.nullable(),
  /** The automation rule that made it. */
  rule: z.object({ run: id, name: z.string() }).nullable(),
  createdAt: time,
  updatedAt: time,
  closedBy: person.nullable(),
  closedAt: time.nullable(),
  /** What the caller may do; whoever sees a task may comment on it. */
  may: z.object({ change: z.boolean(), accept: z.boolean(), delete: z.boolean() }),
});
export type Task = z.infer<typeof task>;
export const tasks = listOf(task);

const yes = z.enum(['1', 'true']).transform(() => true);
const personInQuery = z.union([idInPath, personRef]);
const statusList = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(taskStatus).min(1));

const filter = {
  item: idInPath.optional(),
  responsible: personInQuery.optional(),
  creator: personInQuery.optional(),
  observer: personInQuery.optional(),
  /** Whoever is responsible, creator or observer. */
  person: personInQuery.optional(),
  /** One or several: `new,pending`. */
  status: statusList.optional(),
  kind: taskKind.optional(),
  /** `1`: not completed. */
  open: yes.optional(),
  overdue: yes.optional(),
  /** The subtasks of this one. */
  parent: idInPath.optional(),
  /** From this moment. */
  deadlineFrom: time.optional(),
  /** Before this moment. */
  deadlineTo: time.optional(),
  /** `1`: with a deadline; `0`: without one. */
  deadline: z.enum(['0', '1']).optional(),
  /** A piece of the title or the description. */
  q: z.string().trim().min(1).max(200).optional(),
};

/** `order`: `newest` first, or by `deadline`, the earliest first and those without one last. */
export const tasksQuery = z.strictObject({
  ...pageQuery,
  ...filter,
  order: z.enum(['newest', 'deadline']).default('newest'),
});
export type TasksQuery = z.infer<typeof tasksQuery>;

export const taskCountsQuery = z.strictObject(filter);
/** The columns of a board by status; more than 1,000 are said as 1,001. */
export const taskCounts = z.object({ data: z.array(z.object({ status: taskStatus, count: z.int() })) });

export const taskCommentBody = z.strictObject({
  text: z.string().trim().min(1, 'Must not be empty').max(20_000),
  files: fileIds.default([]),
});
export const taskComment = z.object({
  id,
  at: time,
  author: person.nullable(),
  text: z.string(),
  files: z.array(fileName),
});
export type TaskComment = z.infer<typeof taskComment>;
/** Oldest first. */
export const taskComments = listOf(taskComment);

/** Newest first. `field`: a key of the task, or `created`, `comment`, `reminded`, `overdue`; people stand by their names. */
export const taskHistory = listOf(
  z.object({
    id,
    at: time,
    author: person.nullable(),
    field: z.string(),
    from: z.json(),
    to: z.json(),
    rule: z.string().nullable(),
  }),
);
export const taskPageQuery = z.strictObject(pageQuery);

/** The same change of several; those that the caller may not change so are told and stay. */
export const tasksChangeBody = z.strictObject({
  ids: z.array(id).min(1).max(MAX_TASKS_AT_ONCE),
  change: taskPatch
    .pick({ status: true, responsible: true, deadline: true, observers: true, creator: true })
    .refine((change) => Object.keys(change).length > 0, 'Say what is to change'),
});
export const tasksDeleteBody = z.strictObject({ ids: z.array(id).min(1).max(MAX_TASKS_AT_ONCE) });
export const tasksChanged = z.object({
  done: z.array(id),
  refused: z.array(z.object({ id, code: z.string(), message: z.string() })),
});
export type TasksChanged = z.infer<typeof tasksChanged>;
