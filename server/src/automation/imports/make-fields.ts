import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';
import { type ImportSettings, importTarget } from '@signalbox/contract/imports.ts';
import { makeCode } from '../../crm/csv/guess/guess-stages.ts';
import { standardFields } from '../../crm/facts/standard-fields.ts';
import { insertField, listCustomFields } from '../../crm/fields/fields.store.ts';
import type { Tx } from '../../platform/db.ts';
import { announce } from '../../platform/realtime.ts';
import { type ImportPlan, newSpec } from './job/import-plan.ts';
import type { ImportRow } from './job/imports.store.ts';

export interface FieldMaker {
  /** The codes of the fields that were made. */
  readonly made: readonly string[];
  /** The code of a new field of the import's target. */
  make(name: string, kind: FieldKind): Promise<string>;
}

/** Makes fields for an import, each with a code of its own. */
export async function fieldMaker(tx: Tx, target: ImportRow['target']): Promise<FieldMaker> {
  const custom = await listCustomFields(tx, target);
  const codes = new Set([...standardFields, ...custom].map(({ code }) => code));
  for (const word of [...reserved, ...Object.getOwnPropertyNames(Object.prototype)]) codes.add(word);
  const made: string[] = [];
  return { made, make };

  async function make(name: string, kind: FieldKind): Promise<string> {
    const code = makeCode(name, codes, 'field');
    codes.add(code);
    made.push(code);
    const field = { type: importTarget.parse(target), code, name, kind };
    await insertField(tx, { ...field, multiple: false, options: [], requiredStages: [] });
    announce(tx, { topic: 'fields', kind: 'created', field: 0 });
    return code;
  }
}

/** The columns with the codes of the fields that were made for them. */
export async function withFields(
  { source }: ImportRow,
  { columns }: ImportSettings,
  maker: FieldMaker,
): Promise<ImportPlan['columns']> {
  const planned: ImportPlan['columns'] = [];
  for (const { column, to, kind } of columns) {
    if (to === '') continue;
    const name = source.columns[column]?.header || `Column ${column + 1}`;
    planned.push({ column, to: to === 'new' ? await maker.make(name, newSpec(kind).kind) : to });
  }
  return planned;
}

// Names that conditions, templates and imports give a meaning of their own.
const reserved = [
  'id',
  'type',
  'item',
  'client',
  'signal',
  'rules',
  'now',
  'time',
  'parent',
  'fields',
  'new',
  'key',
  'name',
  'email',
  'phone',
  'firstName',
  'lastName',
];
