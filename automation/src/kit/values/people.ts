import { normalEmail } from './email-addresses.ts';

/** Who is meant, resolved when the trigger moves or the rule runs (rules.md, person fields). */
export type PersonRef =
  | 'responsible'
  | 'supervisor'
  | 'creator'
  | 'observers'
  | 'signal'
  | `role:${string}`
  | `department:${string}`
  | `head:${string}`
  | `field:${string}`
  | `${string}@${string}`;

const words = ['responsible', 'supervisor', 'creator', 'observers', 'signal'] as const;
const prefixes = ['role', 'department', 'head', 'field'] as const;

/** The reference that the text means, or undefined. E-mail addresses come out in lower case. */
export function parsePersonRef(text: string): PersonRef | undefined {
  const word = words.find((known) => known === text);
  if (word !== undefined) return word;
  return parsePrefixed(text) ?? parseEmail(text);
}

export function isPersonRef(text: string): text is PersonRef {
  return parsePersonRef(text) !== undefined;
}

/** Ready for the one who resolves: `{ is: 'department', name: 'Sales' }`, `{ is: 'email', name: 'a@b.c' }`, `{ is: 'creator', name: null }`. */
export function readPersonRef(ref: PersonRef): {
  readonly is: (typeof words)[number] | (typeof prefixes)[number] | 'email';
  readonly name: string | null;
} {
  const word = words.find((known) => known === ref);
  if (word !== undefined) return { is: word, name: null };
  const prefix = prefixes.find((known) => ref.startsWith(`${known}:`));
  return prefix === undefined
    ? { is: 'email', name: normalEmail(ref) }
    : { is: prefix, name: ref.slice(prefix.length + 1) };
}

function parsePrefixed(text: string): PersonRef | undefined {
  const prefix = prefixes.find((known) => text.startsWith(`${known}:`));
  const name = prefix === undefined ? '' : text.slice(prefix.length + 1).trim();
  return prefix === undefined || name === '' ? undefined : `${prefix}:${name}`;
}

function parseEmail(text: string): PersonRef | undefined {
  if (/[<>]/.test(text)) return undefined;
  const [box, host, ...more] = normalEmail(text).split('@');
  if (box === undefined || host === undefined || box === '' || host === '' || more.length > 0) return undefined;
  return /[\s:]/.test(box + host) ? undefined : `${box}@${host}`;
}
