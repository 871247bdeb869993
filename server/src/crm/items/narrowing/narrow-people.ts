import type { ConditionPart } from '@signalbox/automation/kit/conditions/condition.ts';
import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { Reference } from '../../facts/workspace-facts.ts';

/** One value as a list, `{ from, to }` as two. */
export function listOf(value: unknown): readonly unknown[] {
  if (isRecord(value) && 'from' in value && 'to' in value) return [value.from, value.to];
  return Array.isArray(value) ? value : [value];
}

/** What a part asks for, one by one; undefined when it is nothing, or nothing as plain as a text, a number, yes or no. */
export function wantedOf({ is, value }: ConditionPart): readonly (string | number | boolean)[] | undefined {
  const wanted = is === 'in' || is === 'contains' ? listOf(value) : [value];
  const plain = wanted.filter((one) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean');
  return plain.length === wanted.length && plain.length > 0 ? plain : undefined;
}

/** Whom a condition can mean: by id, e-mail address or name. */
export function idsOfPeople(wanted: unknown, { people }: Reference): number[] {
  const text = String(wanted);
  const [folded, address] = [foldedText(text), normalEmail(text)];
  const named = [...people.values()].filter(
    ({ name, email }) => normalEmail(email) === address || foldedText(name) === folded,
  );
  return [...idsIn(text), ...named.map(({ id }) => id)];
}

export function idsIn(wanted: unknown): number[] {
  const text = String(wanted);
  return /^\d{1,15}$/.test(text) ? [Number(text)] : [];
}
