import { findFieldSpec } from '../values/values.ts';
import type { NameScope } from './names.ts';

/** What no save of an item ever tells as changed: stages move, and the rest is computed or lies elsewhere. */
const fixed: readonly string[] = [
  ...['id', 'type', 'client', 'creator', 'createdAt', 'updatedAt', 'repeat', 'stage', 'pipeline', 'now', 'time'],
];

/** Why `changed` can never be true of a field, or in what listens to other signals; null when it can (semantics.md 4, 6). */
export function neverChanges(
  field: string,
  { fields, signals = [] }: NameScope,
): { readonly code: string; readonly message: string; readonly params?: Readonly<Record<string, string>> } | null {
  if (signals.length > 0 && !signals.includes('item.changed'))
    return {
      code: 'no-change-heard',
      message: '"changed" is never true here: only a change of the item tells what changed',
    };
  const code = field.replace(/^item\./, '');
  if (!code.includes('.') && !fixed.includes(code) && findFieldSpec(fields, code)?.readOnly !== true) return null;
  return { code: 'never-changes', message: `"${field}" is never told as changed`, params: { name: field } };
}
