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
  if (isMoney(value)) return `${clearNumber(value.amount)} ${value.currency}`;
  return typeof value === 'number' ? clearNumber(String(value)) : String(value);
}

/** Decimal text of which nobody takes `1.200` for a thousand. */
export function clearNumber(text: string): string {
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(text) ? `${text}0` : text;
}
