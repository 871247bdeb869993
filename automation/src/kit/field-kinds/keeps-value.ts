import type { FieldSpec, FieldValue, Scalar } from '../values/values.ts';
import { fieldKindOf, takesSeveral } from './index.ts';
import { isCurrency } from './money.ts';

/**
 * The one check of values: whether the field may keep this one, whoever writes it – a person, a rule, the API, an import. What a value
 * names (an employee, a client, a file) is looked up besides. Empty is nobody's matter here.
 */
export function keepsValue(value: FieldValue, spec: FieldSpec): boolean {
  const keeps = Object.hasOwn(closer, spec.code) && !spec.custom ? closer[spec.code] : fieldKindOf[spec.kind].keeps;
  if (!isList(value)) return keeps?.(value, spec) === true;
  return takesSeveral(spec) && value.every((one) => keeps?.(one, spec) === true);
}

/** What the field takes, for the reason: its kind, or `currency`. */
export function kindKept({ code, kind, custom }: FieldSpec): string {
  return code === 'currency' && !custom ? 'currency' : kind;
}

/** The most characters of an item's title. */
const LONGEST_TITLE = 500;

// Fields that every item has and that take less than their kind.
const closer: Readonly<Record<string, (value: Scalar) => boolean>> = {
  title: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_TITLE,
  currency: isCurrency,
};

function isList(value: FieldValue): value is readonly Scalar[] {
  return Array.isArray(value);
}
