import { type FieldValue, isEmpty, type Scalar } from '../values/values.ts';
import { Impossible } from '../words/impossible.ts';
import { because } from '../words/reasons.ts';
import type { Target } from './define-field-kind.ts';
import { fieldKindOf, takesSeveral } from './index.ts';
import { shownAs } from './scalars.ts';

/** What a field stores for a rendered value, by the field's kind; throws `Impossible` when it can't be that. */
export function coerceValue(value: FieldValue, target: Target): FieldValue {
  if (target.spec?.readOnly === true) throw new Impossible(because('field-fixed', { field: target.field }));
  const takesList = target.spec !== undefined && takesSeveral(target.spec);
  if (isEmpty(value)) return takesList ? [] : null;
  if (!takesList) return coerceOne(isList(value) ? (value[0] ?? null) : value, target);
  return (isList(value) ? value : [value]).map((one) => coerceOne(one, target));
}

function coerceOne(value: Scalar, target: Target): Scalar {
  const kind = target.spec?.kind;
  const coerced = kind === undefined ? value : fieldKindOf[kind].coerce(value, target);
  if (coerced === undefined)
    throw new Impossible(because('misfit', { value: shownAs(value), field: target.field, kind: kind ?? '' }));
  return coerced;
}

function isList(value: FieldValue): value is readonly Scalar[] {
  return Array.isArray(value);
}
