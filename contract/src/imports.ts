import { z } from 'zod';
import { id, itemType, listOf, page, personRef, pipelineRef, time } from './common.ts';
import { fieldKind } from './fields.ts';

/** An item type, `contact` or `company`. */
export const importTarget = itemType;
export type ImportTarget = z.infer<typeof importTarget>;

/** `ymd` is a year of two digits first, `26-01-31`; with four it is always clear. */
export const dateOrder = z.enum(['dmy', 'mdy', 'ymd']);
export const decimalMark = z.enum(['.', ',']);

/** What a column of the file becomes. */
export const importColumn = z.strictObject({
  /** From 0. */
  column: z.int().min(0).max(999),
  /** A field's code, `key`, `contact.email` …; `new` makes a field of `kind` named like the column; '' leaves it out. */
  to: z.string().max(100),
  kind: fieldKind.optional(),
  /** How its dates are read; else its clear cells tell, then the locale. */
  order: dateOrder.optional(),
  /** The decimal mark of its numbers; else its clear cells tell, then the locale. */
  decimal: decimalMark.optional(),
});
export type ImportColumn = z.infer<typeof importColumn>;

export const importSettings = z.strictObject({
  columns: z.array(importColumn).max(1_000),
  /** A language tag such as `en-US`: how dates and numbers are read where a column has no clear cell; the workspace's when left out. */
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?$/)
    .optional(),
  /** Items only: the type's first one when left out. */
  pipeline: pipelineRef.optional(),
  /** By the text in the stage column: a stage's code, or `+` to make the stage. */
  stages: z.record(z.string().max(500), z.string().max(50)).default({}),
  /** Rows that are here already: by `key` where a column is one, else by address (clients) or title and client (items). */
  duplicates: z.enum(['skip', 'update', 'make']).default('skip'),
  /** Of rows that update: an empty cell leaves what is there, or clears it. A column that is not there changes nothing. */
  emptyCells: z.enum(['keep', 'clear']).default('keep'),
  /** Of rows that update: e-mails, phones and other values of lists are added to those there are, or take their place. */
  lists: z.enum(['add', 'replace']).default('add'),
  /** A cell that can't be read: the row stays out, or the cell is left empty and noted. */
  badCells: z.enum(['refuse', 'empty']).default('refuse'),
  /**
   * Where the name of an owner goes who is not here: a note on the row's item (items only, and what happens to them when left
   * out), a field, or nowhere. Clients have no notes: theirs go to a field when left out.
   */
  unknownOwners: z.enum(['note', 'field', 'leave']).optional(),
  /** The code of a text field for those names; one named like the column when left out, made if there is none. */
  ownerField: z.string().max(100).optional(),
  /** Whether the rules of the stages run for the imported items (semantics.md 5.1). */
  runRules: z.boolean(),
  /** Of rows that name nobody we know; the importing person when left out. */
  responsible: personRef.optional(),
});
export type ImportSettings = z.infer<typeof importSettings>;
export type ImportSettingsBody = z.input<typeof importSettings>;

export const importQuery = z.strictObject({
  target: importTarget,
  name: z.string().max(200).default('import.csv'),
  pipeline: z.string().max(200).optional(),
  /** Guessed when left out. */
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
});

const count = z.int().min(0);
const counts = z.record(z.string(), count);

/** A draft has a guess for every column; a started import has its progress. */
export const importJob = z.object({
  id,
  target: importTarget,
  fileName: z.string(),
  state: z.enum(['draft', 'running', 'done', 'cancelled']),
  encoding: z.string(),
  delimiter: z.string(),
  /** The workspace's. */
  locale: z.string(),
  columns: z.array(z.object({ header: z.string(), samples: z.array(z.string()), filled: count, guess: importColumn })),
  /** The texts of the column guessed to be the stage, and where they go. */
  stages: z.array(z.object({ text: z.string(), rows: count, guess: z.string() })),
  rows: count,
  done: count,
  /** Rows by what became of them: created, updated, skipped, refused. */
  results: counts,
  /** Rows by the reasons that were noted or kept them out. */
  reasons: counts,
  createdAt: time,
  startedAt: time.nullable(),
  endedAt: time.nullable(),
});
export type ImportJob = z.infer<typeof importJob>;
export const importJobs = listOf(importJob);
export const importsQuery = page;

export const cellProblem = z.object({ column: z.int(), code: z.string(), text: z.string() });
export type CellProblem = z.infer<typeof cellProblem>;

/** How a column is read of which some cells could be read otherwise. */
export const importReading = z.object({
  column: z.int(),
  /** The order of dates, the decimal mark, or days as the numbers that spreadsheets keep. */
  what: z.enum(['order', 'decimal', 'serial']),
  as: z.string(),
  /** What decided it: somebody for this column, its clear cells, the locale of the settings, or the workspace's. */
  by: z.enum(['chosen', 'cells', 'locale', 'habit']),
  /** A cell that could be read otherwise, and what it becomes. */
  sample: z.string(),
  means: z.string(),
});
/** What would become of a row. */
const importOutcome = z.enum(['created', 'updated', 'skipped', 'refused']);

/** What a row would change of a record that is here. */
export const importChange = z.object({
  line: z.int(),
  id,
  /** The record's. */
  name: z.string(),
  fields: z.array(
    z.object({
      /** As in the settings' `to`. */
      to: z.string(),
      before: z.string(),
      after: z.string(),
    }),
  ),
});
export type ImportChange = z.infer<typeof importChange>;

export type ImportReading = z.infer<typeof importReading>;

/** The first rows as they would come in, and how many of all rows have a problem. */
export const importPreview = z.object({
  rows: z.array(
    z.object({
      line: z.int(),
      /** Null: nobody looked so far down. */
      outcome: importOutcome.nullable(),
      cells: z.array(z.string()),
      values: z.array(z.string()),
      problems: z.array(cellProblem),
    }),
  ),
  /** The first ten rows that would change a record, with the values before and after. */
  changes: z.array(importChange),
  /** Rows whose owner is not here, and the names, the most frequent first. */
  unknownOwners: z.object({ rows: count, names: z.array(z.object({ text: z.string(), rows: count })) }),
  /** How many rows were looked at, the first ones; `withProblems` and `reasons` count these. */
  checkedRows: count,
  withProblems: count,
  readings: z.array(importReading),
  reasons: counts,
  stages: z.array(z.object({ text: z.string(), rows: count, guess: z.string() })),
});
export type ImportPreview = z.infer<typeof importPreview>;
