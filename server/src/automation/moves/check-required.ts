import { type FieldValue, isEmpty } from '@signalbox/automation/kit/values/values.ts';
import { fieldsRequiredOn } from '../../crm/fields/fields.store.ts';
import type { Tx } from '../../platform/db.ts';
import { invalid } from '../../platform/errors.ts';
import { summary } from '../../platform/http/field-errors.ts';

/** Moves by people need the fields that the stage asks for (semantics.md 4); 422 with a path for each that is empty. */
export async function checkRequired(
  tx: Tx,
  stageId: number,
  values: Readonly<Record<string, FieldValue | unknown>>,
): Promise<void> {
  const required = await fieldsRequiredOn(tx, stageId);
  const missing = required.filter(({ code }) => isEmpty(values[code]));
  if (missing.length === 0) return;
  const errors = missing.map(({ code, name }) => ({
    path: `fields.${code}`,
    code: 'required-on-stage',
    message: `Fill in "${name}" before moving to this stage`,
    params: { field: name },
  }));
  throw invalid(errors, summary(errors));
}
