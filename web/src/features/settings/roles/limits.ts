import type { Field } from '@signalbox/contract/fields.ts';
import {
  type FieldLimit,
  fieldLimit,
  hideable,
  neverHidden,
  type RoleRights,
} from '@signalbox/contract/people/rights.ts';

type Fields = RoleRights['fields'];

/** Whether a role may hold this field back at all, and how: none for what is only shown anyway. */
export function limitsFor(field: Pick<Field, 'code' | 'custom'> | undefined): readonly FieldLimit[] {
  if (field === undefined || field.custom || hideable.includes(field.code)) return fieldLimit.options;
  return neverHidden.includes(field.code) ? ['read-only'] : [];
}

/** With a field held back, or, by null, no longer. */
export function withLimit(
  fields: Fields,
  { owner, code, limit }: { readonly owner: string; readonly code: string; readonly limit: FieldLimit | null },
): Fields {
  const { [code]: _, ...others } = fields[owner] ?? {};
  const ofOwner = limit === null ? others : { ...fields[owner], [code]: limit };
  const { [owner]: __, ...rest } = fields;
  return Object.keys(ofOwner).length === 0 ? rest : { ...fields, [owner]: ofOwner };
}
