import { z } from 'zod';
import { id, language, reason, time } from '../common.ts';
import { ruleOrder } from './order.ts';

export const rehearsalDays = [7, 30, 90] as const;

const givenFile = {
  /** The automation file, as JSON or as YAML text; without either: the newest saved version. */
  file: z.record(z.string(), z.json()).optional(),
  yaml: z.string().optional(),
};

export const rehearseBody = z.strictObject({
  ...givenFile,
  days: z.literal(rehearsalDays).default(30),
});
export type RehearseBody = z.input<typeof rehearseBody>;

const place = z.object({ code: z.string(), name: z.string() });
const signal = z.object({ id, kind: z.string() });

export const rehearsedItem = z.object({
  id,
  title: z.string(),
  moves: z.array(
    z.object({
      at: time,
      signal,
      trigger: z.string(),
      key: z.string(),
      name: z.string(),
      from: place,
      to: place,
      back: z.boolean(),
    }),
  ),
  recordedMoves: z.int(),
  differs: z.boolean(),
});
export type RehearsedItem = z.infer<typeof rehearsedItem>;

const client = z.object({ kind: z.enum(['contact', 'company']), id, name: z.string() });

export const rehearsalResult = z.object({
  /** Null: the file that was given. */
  version: z.int().nullable(),
  since: time,
  until: time,
  signals: z.int(),
  items: z.int(),
  /** Items that moved, and those that moved otherwise than in truth. */
  touched: z.int(),
  differing: z.int(),
  moves: z.int(),
  movesBack: z.int(),
  recordedMoves: z.int(),
  /** The effects of rules are listed, never carried out. */
  rules: z.array(
    z.object({ id: z.string(), key: z.string(), name: z.string(), ...ruleOrder, stage: place, times: z.int() }),
  ),
  /** More than one message to one client in one day. */
  doubles: z.array(
    z.object({ client, day: z.string(), count: z.int(), items: z.array(id), rules: z.array(z.string()) }),
  ),
  doublesTotal: z.int(),
  /** What could not be read and was left out, e.g. a card that is not set up yet. */
  leftOut: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
});
export type RehearsalResult = z.infer<typeof rehearsalResult>;

/** The answer is a line of JSON each: progress, an item that moved or would have moved, at last the result – or the error. */
export const rehearsalLine = z.union([
  z.object({ progress: z.object({ done: z.int(), total: z.int() }) }),
  z.object({ item: rehearsedItem }),
  z.object({ result: rehearsalResult }),
  z.object({ error: z.object({ message: z.string() }) }),
]);
export type RehearsalLine = z.infer<typeof rehearsalLine>;
/** At most so many items are listed; the result counts them all. */
export const MAX_REHEARSED_ITEMS = 500;

export const testBody = z.strictObject({
  ...givenFile,
  item: id,
  /** Of the words in the answer; the caller's unless given. */
  language: language.optional(),
  signal: z.strictObject({ kind: z.string().max(100), payload: z.record(z.string(), z.json()).default({}) }),
});

export const tested = z.object({
  verdicts: z.array(
    z.object({
      trigger: z.string(),
      key: z.string(),
      name: z.string(),
      stage: place,
      verdict: z.string(),
      words: z.string(),
      detail: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
  move: z.object({ trigger: z.string(), from: place, to: place, back: z.boolean() }).nullable(),
  /** The rules that would begin on the new stage; nothing of it is done. */
  runs: z.array(
    z.object({
      rule: z.string(),
      key: z.string(),
      name: z.string(),
      ...ruleOrder,
      state: z.enum(['due', 'waiting', 'skipped', 'cancelled']),
      dueAt: time.nullable(),
      /** The ids of the rules it comes after. */
      after: z.array(z.string()),
      /** Why it would not run or could not be done: English words, and the reason by its code. */
      error: z.string().nullable(),
      reason: reason.nullable(),
      settings: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type Tested = z.infer<typeof tested>;
