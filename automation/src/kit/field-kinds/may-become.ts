import type { FieldKind, FieldSpec } from '../values/values.ts';
import { fieldKindOf, takesSeveral } from './index.ts';

// What a value of a kind can be in a field of another: text is read by the kind of the field, and may fit.
const becomes: Readonly<Partial<Record<FieldKind, readonly FieldKind[]>>> = {
  number: ['money'],
  money: ['number'],
  date: ['dateTime'],
  dateTime: ['date'],
  choice: ['multiChoice'],
  link: ['text'],
};
const anything: readonly FieldKind[] = ['text', 'address'];
/** What is kept as a number that no text tells. */
const named: readonly FieldKind[] = ['client', 'item', 'file'];

/** Whether a value of one field can ever be kept by another: kinds that fit, several only where several are kept, an option that both have. */
export function mayBecome(from: FieldSpec, to: FieldSpec): boolean {
  if (to.readOnly === true) return false;
  if (takesSeveral(from) && !takesSeveral(to)) return false;
  if (from.kind !== to.kind && !isRead(from.kind, to.kind)) return false;
  if (!fieldKindOf[from.kind].hasOptions || !fieldKindOf[to.kind].hasOptions) return true;
  return sharesOption(from, to);
}

function isRead(from: FieldKind, to: FieldKind): boolean {
  if (becomes[from]?.includes(to) === true) return true;
  if (anything.includes(from)) return !named.includes(to);
  return anything.includes(to) && !named.includes(from);
}

function sharesOption({ options: from = [] }: FieldSpec, { options: to = [] }: FieldSpec): boolean {
  if (from.length === 0 || to.length === 0) return true;
  return from.some(({ value, name }) => to.some((option) => option.value === value || option.name === name));
}
