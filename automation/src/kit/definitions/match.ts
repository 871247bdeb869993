import { readableEmail } from '../values/email-addresses.ts';
import { foldedText } from '../values/normal-form.ts';
import { digitsOf } from '../values/phones.ts';
import type { Match } from './define-trigger.ts';

type Name = number | string | undefined | null;

/** An empty list wants anything; else one of the names of what came must be in it. Text is compared without case. */
export function matchSome(setting: string, wanted: readonly (number | string)[], got: readonly Name[]): Match {
  if (wanted.length === 0) return true;
  const names = got.filter((name) => name !== undefined && name !== null).map(foldedName);
  return wanted.some((name) => names.includes(foldedName(name))) || { setting, wanted, got: names[0] ?? null };
}

/** The first refusal, or true. */
export function matchAll(...matches: readonly Match[]): Match {
  return matches.find((match) => match !== true) ?? true;
}

/** A plain yes or no as a match. */
export function matchIf(
  holds: boolean,
  setting: string,
  { wanted, got }: { readonly wanted: unknown; readonly got: unknown },
): Match {
  return holds || { setting, wanted, got: got ?? null };
}

interface Open {
  readonly firstOpen?: boolean | undefined;
  readonly machine?: boolean | undefined;
  readonly employee?: number | undefined;
}

/**
 * "First time only", of e-mails and documents alike. An open that does not count, a machine's or an employee's, is no second open:
 * it is refused as not a person's, not by this setting (semantics.md 9.3).
 */
export function matchFirst(
  { firstOpen, machine, employee }: Open,
  settings: { readonly firstOnly: boolean; readonly machine: boolean },
): Match {
  const isUncounted = employee !== undefined || (machine === true && !settings.machine);
  const holds = !settings.firstOnly || firstOpen !== false || isUncounted;
  return matchIf(holds, 'firstOnly', { wanted: true, got: firstOpen });
}

/** A name of a thing in the form in which names are compared: numbers of lines and addresses in their own. */
export function foldedName(name: number | string): string {
  const text = foldedText(String(name));
  if (/^\+?[\d\s()./-]+$/.test(text)) return digitsOf(text);
  return text.includes('@') ? readableEmail(text) : text;
}
