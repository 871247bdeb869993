import { fieldKindOf } from '../field-kinds/index.ts';
import type { FieldKind, FieldSpec } from '../values/values.ts';

/** Kinds whose values people write by name. */
export function isRead(kind: FieldKind | null): boolean {
  return kind !== null && fieldKindOf[kind].hasOptions;
}

/** A choice under all its names: the stored value and the option's name. */
export function readNames(spec: FieldSpec | undefined, value: unknown): readonly unknown[] {
  const option = spec?.options?.find((known) => known.value === value);
  return option === undefined || option.name === value ? [value] : [value, option.name];
}
