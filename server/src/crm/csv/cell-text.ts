import { type FieldSpec, type FieldValue, isMoney } from '@signalbox/automation/kit/values/values.ts';
import type { Reference } from '../facts/workspace-facts.ts';
import { joinList } from './list-cell.ts';

/** A value as the import reads it again: people by their address, several parted by semicolons. */
export function cellText(value: FieldValue | undefined, spec: FieldSpec, people: Reference['people']): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    const texts = value.map((one) => cellText(one, spec, people));
    return joinList(texts, spec.kind);
  }
  if (spec.kind === 'person' && typeof value === 'number') return people.get(value)?.email ?? '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return isMoney(value) ? `${value.amount} ${value.currency}` : String(value);
}
