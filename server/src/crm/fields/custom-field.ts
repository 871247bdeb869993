import { fieldKindOf } from '@signalbox/automation/kit/field-kinds/index.ts';
import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';
import type { FieldBody } from '@signalbox/contract/fields.ts';
import { limitOf } from '../../access/held-fields.ts';
import type { Caller, Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { missingRight } from '../../platform/missing-right.ts';
import { type FieldRow, listKnownStages } from './fields.store.ts';

export function checkOptions({ kind, options = [] }: Pick<FieldBody, 'options'> & { kind: FieldKind }): void {
  const { hasOptions } = fieldKindOf[kind];
  if (hasOptions && options.length === 0)
    throw invalidAt('options', 'required', 'A choice needs options, e.g. ["small", "large"]');
  if (!hasOptions && options.length > 0)
    throw invalidAt('options', 'not-a-choice', 'Only fields of kind choice and multiChoice have options');
}

export async function checkRequiredStages(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const known = await listKnownStages(tx, ids);
  for (const [index, id] of ids.entries())
    if (!known.has(id))
      throw invalidAt(`requiredStages[${index}]`, 'unknown-stage', `There is no stage with the id ${id}`);
}

/** 403 but for administrators: who says what a stage asks for can stop everybody's work on it. */
export function checkMayRequire({ rights }: Caller): void {
  if (!rights.administrator) throw missingRight('admin-only');
}

/** As `rights` see it. */
export function presentCustom({ id: _, ...row }: FieldRow, rights: Rights) {
  return { ...row, custom: true, readOnly: false, limit: limitOf(rights, { owner: row.type, code: row.code }) ?? null };
}
