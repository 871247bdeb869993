import i18next from 'i18next';
import type { Say } from '../../../controls/words/setting-in-words.ts';
import { fieldText, fillGaps } from '../../../ui/text/problem-text.ts';
import type { Card } from '../model/cards.ts';
import type { SettingProblem } from '../model/definitions.ts';

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

/** A mistake by its code; the server's English only where nobody has found words for it. */
export function inWords(problem: Pick<SettingProblem, 'code' | 'message' | 'params'>, t: Say): string {
  const texts: Record<string, string> = t('problems', { returnObjects: true, skipInterpolation: true });
  const { message, params } = problem;
  return fillGaps(texts[saying(problem)], { message, ...params }) ?? fieldText(problem, i18next.t);
}

// What one code says in two ways.
function saying({ code, params }: Pick<SettingProblem, 'code' | 'params'>): string {
  if (code === 'invalid-union') return 'type';
  if (code === 'template' && params?.name !== undefined) return 'unknown-name';
  return code === 'never-fires' && params?.other === undefined ? 'never-fires-behind' : code;
}

/** `settings.changes[0].field` stands beside `settings.changes`, `when.all[0].value` beside `when`. */
function partOf(field: string): string {
  const [head = '', second = ''] = field.split(/[.[]/);
  return head === 'settings' ? `settings.${second}` : head;
}
