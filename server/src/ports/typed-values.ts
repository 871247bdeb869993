import { coerceValue } from '@signalbox/automation/kit/field-kinds/coerce.ts';
import { type FieldSpec, type FieldValue, findFieldSpec } from '@signalbox/automation/kit/values/values.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import type { PortScope } from '../automation/running/port-scope.ts';
import { findMissingTargets } from '../crm/fields/check-targets.ts';
import { personIds } from './person-ids.ts';

interface Written {
  readonly field: string;
  readonly value: FieldValue;
}

/**
 * What a rule writes into fields of another record than the item, as these keep it: the one check of values. Throws `Impossible` for a field
 * that is not there, a value that does not fit, and what it names that is not here.
 */
export async function typedValues(
  scope: PortScope,
  written: readonly Written[],
  { specs, currency }: { readonly specs: readonly FieldSpec[]; readonly currency: string },
): Promise<Record<string, FieldValue>> {
  const { timeZone } = scope.reference.workspace;
  const values: Record<string, FieldValue> = Object.create(null);
  for (const { field, value } of written) {
    const spec = findFieldSpec(specs, field);
    if (spec === undefined) throw new Impossible(because('no-field', { field }));
    values[field] = personIds(scope, spec, coerceValue(value, { spec, field, currency, timeZone }));
  }
  const [missing] = await findMissingTargets(scope.tx, values, { specs });
  if (missing !== undefined) throw new Impossible(because('target-gone', missing.params));
  return values;
}
