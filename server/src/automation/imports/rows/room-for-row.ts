import { MOST_LETTERS } from '../../../crm/facts/room-for-values.ts';
import type { RowInput, World } from './import-world.ts';

/** A row whose values are longer together than an item or a client may be: the longest of them stay out and are told, like any bad cell. */
export function roomForRow({ columns }: Pick<World, 'columns'>, given: RowInput): RowInput {
  let letters = JSON.stringify(given.values).length;
  if (letters <= MOST_LETTERS) return given;
  const values = { ...given.values };
  const problems = [...given.problems];
  const lengths = Object.entries(values).map(([to, value]) => [to, JSON.stringify(value ?? null).length] as const);
  for (const [to, length] of lengths.toSorted(([, a], [, b]) => b - a)) {
    if (letters <= MOST_LETTERS) break;
    letters -= length;
    const column = columns.find((one) => one.to === to)?.column ?? 0;
    problems.push({ column, code: 'too-long', text: String(values[to]).slice(0, 80) });
    values[to] = null;
  }
  return { ...given, values, problems };
}
