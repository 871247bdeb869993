import { type FieldValue, isEmpty, type Scalar } from '../values/values.ts';
import { Impossible } from '../words/impossible.ts';
import { because } from '../words/reasons.ts';
import type { Target } from './define-field-kind.ts';
import { fieldKindOf, takesSeveral } from './index.ts';
import { keepsValue, kindKept } from './keeps-value.ts';
import { shownAs } from './scalars.ts';

/** What a field stores for a rendered value, by the field's kind; throws `Impossible` when it can't be that. */
export function coerceValue(value: FieldValue, target: Target): FieldValue {
  const { spec, field } = target;
  if (spec?.readOnly === true) throw new Impossible(because('field-fixed', { field }));
  const takesList = spec !== undefined && takesSeveral(spec);
  if (isEmpty(value)) return takesList ? [] : null;
  if (!takesList) return coerceOne(isList(value) ? (value[0] ?? null) : value, target);
  return (isList(value) ? value : [value]).map((one) => coerceOne(one, target));
}

function coerceOne(value: Scalar, target: Target): Scalar {
  const { spec, field } = target;
  if (spec === undefined) return value;
  const coerced = fieldKindOf[spec.kind].coerce(value, target);
  // A person may be written in words that only the item can tell.
  const isNamed = spec.kind === 'person' && typeof coerced === 'string';
  if (coerced === undefined || !(isNamed || keepsValue(coerced, spec)))
    throw new Impossible(because('misfit', { value: shownAs(value), field, kind: kindKept(spec) }));
  return coerced;
}

function isList(value: FieldValue): value is readonly Scalar[] {
  return Array.isArray(value);
}
