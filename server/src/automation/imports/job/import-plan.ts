import { fieldKindOf, takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import type { FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import { fieldKind } from '@signalbox/contract/fields.ts';
import {
  dateOrder,
  decimalMark,
  type ImportSettings,
  type ImportTarget,
  importColumn,
} from '@signalbox/contract/imports.ts';
import type { FieldLimit } from '@signalbox/contract/people/rights.ts';
import { z } from 'zod';
import { limitError, limitOf } from '../../../access/held-fields.ts';
import { readingOf } from '../../../crm/csv/column-reading.ts';
import type { CellSpec } from '../../../crm/csv/read-cell.ts';
import type { PlannedColumn } from '../../../crm/csv/read-row.ts';
import { storedWithCustom } from '../../../crm/facts/standard-fields.ts';
import type { Reference } from '../../../crm/facts/workspace-facts.ts';
import type { Rights } from '../../../platform/context.ts';
import type { FieldError } from '../../../platform/errors.ts';
import { invalid } from '../../../platform/errors.ts';
import { summary } from '../../../platform/http/field-errors.ts';

const maybe = z.string().nullable();
const columnDoubt = z.object({
  ...{ order: maybe, decimal: maybe, serial: maybe },
  ...{ mark: decimalMark.nullable(), isRound: z.boolean() },
});

/** What was found in the file when it came. */
export const importSource = z.object({
  encoding: z.string(),
  delimiter: z.string(),
  /** How people of the workspace write; a language tag. */
  locale: z.string().default('en-GB'),
  columns: z.array(
    z.object({
      header: z.string(),
      samples: z.array(z.string()),
      filled: z.number(),
      guess: importColumn,
      order: dateOrder.nullable(),
      decimal: decimalMark.nullable(),
      doubt: columnDoubt.default({ order: null, decimal: null, serial: null, mark: null, isRound: false }),
    }),
  ),
  stages: z.array(z.object({ text: z.string(), rows: z.number(), guess: z.string() })),
});
export type ImportSource = z.infer<typeof importSource>;

/** What a started import does with each row. */
export const importPlan = z.object({
  pipelineId: z.number().nullable(),
  columns: z.array(
    z.object({
      ...{ column: z.number(), to: z.string(), kind: fieldKind.optional() },
      ...{ order: dateOrder.optional(), decimal: decimalMark.optional() },
    }),
  ),
  stages: z.record(z.string(), z.string()),
  duplicates: z.enum(['skip', 'update', 'make']),
  badCells: z.enum(['refuse', 'empty']),
  emptyCells: z.enum(['keep', 'clear']).default('keep'),
  lists: z.enum(['add', 'replace']).default('add'),
  runRules: z.boolean(),
  responsibleId: z.number().nullable(),
  /** Where the names of owners go who are not here; `field` is its code. */
  owners: z
    .object({ to: z.enum(['note', 'field', 'leave']), field: z.string().nullable() })
    .default({ to: 'leave', field: null }),
  /** What was made for the import, by codes. */
  made: z.object({ fields: z.array(z.string()), stages: z.array(z.string()) }).default({ fields: [], stages: [] }),
});
export type ImportPlan = z.infer<typeof importPlan>;

/** The columns with how each is read; 422 for what there is not, or twice. */
export function planColumns(
  { columns, locale }: Pick<ImportSettings, 'columns' | 'locale'>,
  { source, target, reference }: { source: ImportSource; target: ImportTarget; reference: Reference },
): PlannedColumn[] {
  const errors: FieldError[] = [];
  const taken = new Set<string>();
  const planned = columns.flatMap((one, index): PlannedColumn[] => {
    if (one.to === '') return [];
    const found = source.columns[one.column];
    const spec = one.to === 'new' ? newSpec(one.kind) : specOf(one.to, target, reference);
    const wrong =
      found === undefined
        ? 'unknown-column'
        : spec === undefined
          ? 'unknown-field'
          : taken.has(one.to) && !takesSeveral(spec);
    if (wrong !== false || found === undefined || spec === undefined) {
      const code = wrong === true || wrong === false ? 'twice' : wrong;
      errors.push({
        path: `columns[${index}].to`,
        code,
        message: `${one.to} cannot be filled by column ${one.column}`,
      });
      return [];
    }
    const to = one.to === 'new' ? `new ${one.column}` : one.to;
    taken.add(to);
    const reading = readingOf(found, { kind: spec.kind, chosen: one, locale, home: source.locale });
    return [{ column: one.column, to, spec, ...reading }];
  });
  if (errors.length > 0) throw invalid(errors, summary(errors));
  return planned;
}

/** 422 for each column that would fill what somebody may not see or change; new records get a title from whoever brings them in. */
export function checkMayFillColumns(
  { columns, duplicates, ownerField }: Pick<ImportSettings, 'columns' | 'duplicates' | 'ownerField'>,
  { target, rights }: { target: ImportTarget; rights: Rights | undefined },
): void {
  const errors = columns.flatMap(({ to }, index): FieldError[] => {
    const limit = limitOfColumn(to, { target, rights });
    if (limit === undefined || (to === 'title' && duplicates !== 'update')) return [];
    return [{ path: `columns[${index}].to`, ...limitError(limit, to) }];
  });
  const ofOwners = ownerField === undefined ? undefined : limitOfColumn(ownerField, { target, rights });
  if (ownerField !== undefined && ofOwners !== undefined)
    errors.push({ path: 'ownerField', ...limitError(ofOwners, ownerField) });
  if (errors.length > 0) throw invalid(errors, summary(errors));
}

// `contact.email` and `contact.name` say who the contact is.
export function limitOfColumn(
  to: string,
  { target, rights }: { target: ImportTarget; rights: Rights | undefined },
): FieldLimit | undefined {
  return limitOf(rights, { owner: target, code: to.replace(/^(contact|company)\..*$/, '$1') });
}

/** A field that is made for a column takes what the column looks like, or text. */
export function newSpec(kind: FieldSpec['kind'] | undefined): CellSpec {
  return { kind: kind !== undefined && fieldKindOf[kind].fromColumn ? kind : 'text' };
}

const text: CellSpec = { kind: 'text' };
const key: CellSpec = { kind: 'text', isKey: true };
const shared: Readonly<Record<string, CellSpec>> = {
  ...{ id: text, key },
  responsible: { kind: 'person' },
  createdAt: { kind: 'dateTime' },
};
const company = { 'company.name': text, 'company.key': key };
const items: Readonly<Record<string, CellSpec>> = {
  ...shared,
  ...company,
  ...{ title: text, amount: { kind: 'money' }, currency: text, stage: text },
  ...{ 'contact.name': text, 'contact.key': key, 'contact.firstName': text, 'contact.lastName': text },
  ...{ 'contact.email': { kind: 'email', multiple: true }, 'contact.phone': { kind: 'phone', multiple: true } },
};
const client: Readonly<Record<string, CellSpec>> = {
  ...shared,
  name: text,
  ...{ email: { kind: 'email', multiple: true }, phone: { kind: 'phone', multiple: true } },
};
const tables: Partial<Record<ImportTarget, Readonly<Record<string, CellSpec>>>> = {
  contact: { ...client, ...company, firstName: text, lastName: text },
  company: client,
};

function specOf(to: string, target: ImportTarget, reference: Reference): CellSpec | undefined {
  const table: Readonly<Record<string, CellSpec>> = tables[target] ?? items;
  if (Object.hasOwn(table, to)) return table[to];
  return fillable(target, reference).find(({ code }) => code === to);
}

/** The target's fields that are kept beside its columns. */
export function fillable(target: ImportTarget, reference: Reference): FieldSpec[] {
  const stored: readonly string[] = storedWithCustom;
  return reference.fieldsOf(target).filter((spec) => spec.custom || stored.includes(spec.code));
}
