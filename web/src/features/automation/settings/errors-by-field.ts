import type { Say } from '../../../controls/setting-in-words.ts';
import type { Card } from '../model/cards.ts';
import type { SettingProblem } from '../model/definitions.ts';

const known = ['required', 'too-small', 'too-big', 'invalid-value', 'type', 'value', 'no-recipient'] as const;
const telling = [
  ...(['unknown-name', 'template', 'condition', 'operator'] as const),
  ...(['never-fires', 'cancelled-before', 'race', 'cycle'] as const),
] as const;

/** One sentence beside each field; what is found here goes before what the server said. */
export function errorsByField(
  found: readonly SettingProblem[],
  said: readonly SettingProblem[],
  t: Say,
): Readonly<Record<string, string>> {
  const all = [...said, ...found].map((problem) => [partOf(problem.field), inWords(problem, t)] as const);
  return Object.fromEntries(all);
}

/** What was said about a part of the card that has been changed since is said no more. */
export function stillSaid<P extends Pick<SettingProblem, 'field'>>(said: readonly P[], before: Card, now: Card): P[] {
  return said.filter(({ field }) => JSON.stringify(valueAt(before, field)) === JSON.stringify(valueAt(now, field)));
}

function valueAt(card: Card, field: string): unknown {
  const [head = '', second = ''] = field.split(/[.[]/);
  if (head === 'settings') return card.settings[second];
  return Object.entries(card).find(([name]) => name === head)?.[1];
}

export function inWords({ code, message }: Pick<SettingProblem, 'code' | 'message'>, t: Say): string {
  const plain = code === 'invalid-union' ? 'type' : known.find((one) => one === code);
  if (plain !== undefined) return t(`problems.${plain}`);
  const told = telling.find((one) => one === code);
  if (told === undefined) return message;
  // Of a circle the sentence says all but the way: the names of the stages.
  const rest = told === 'cycle' ? message.slice(message.indexOf(': ') + 2) : message;
  return t(`problems.${told}`, { message: rest });
}

/** `settings.changes[0].field` stands beside `settings.changes`, `when.all[0].value` beside `when`. */
function partOf(field: string): string {
  const [head = '', second = ''] = field.split(/[.[]/);
  return head === 'settings' ? `settings.${second}` : head;
}
