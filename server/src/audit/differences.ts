/** One value that is another now; as texts that can be read, null: there was or is none. */
export interface Change {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What stands for a secret, of which nothing else is told. */
export const MASK = '••••';

const MOST_CHANGES = 200;
const MOST_LETTERS = 300;

/** What differs, by its path: `items.all.read: own -> all`. Texts and lists are cut to what somebody reads. */
export function differences(before: object | null, after: object | null): Change[] {
  const from = flatten(before);
  const to = flatten(after);
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter((field) => from.get(field) !== to.get(field))
    .slice(0, MOST_CHANGES)
    .map((field) => ({ field: cut(field), from: textAt(from, field), to: textAt(to, field) }));
}

/** That secrets were set, replaced or taken away, and nothing of what they are. */
export function secretDifferences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Change[] {
  const mask = (value: unknown) => (value === null || value === undefined ? null : MASK);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => (before[field] ?? null) !== (after[field] ?? null))
    .map((field) => ({ field, from: mask(before[field]), to: mask(after[field]) }));
}

/** As the database can store it, not longer than somebody reads. */
export function cut(text: string, most = MOST_LETTERS): string {
  const plain = text.replaceAll('\0', '');
  return (plain.length <= most ? plain : `${plain.slice(0, most - 1)}…`).toWellFormed();
}

function textAt(values: ReadonlyMap<string, string>, field: string): string | null {
  const found = values.get(field);
  return found === undefined ? null : cut(found);
}

function flatten(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined) return into;
  if (value instanceof Date) return into.set(path, value.toISOString());
  if (typeof value !== 'object') return into.set(path, String(value));
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) {
    return value.length === 0 ? into : into.set(path, value.join(', '));
  }
  for (const [key, inner] of Object.entries(value)) flatten(inner, path === '' ? key : `${path}.${key}`, into);
  return into;
}
