import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { Card } from './cards.ts';

/** The card with the results of other rules named by their new ids; what is not in the list stays as it is. */
export function withRenamedRules(card: Card, ids: ReadonlyMap<string, string>): Card {
  if (ids.size === 0) return card;
  return { ...card, when: renamed(card.when, ids), settings: renamedAll(card.settings, ids) };
}

function renamed(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string')
    return value.replaceAll(
      /(?<![\w.])rules\.([A-Za-z0-9_-]+)(?=\.)/g,
      (whole, id: string) => `rules.${ids.get(id) ?? whole.slice('rules.'.length)}`,
    );
  if (Array.isArray(value)) return value.map((one) => renamed(one, ids));
  return isRecord(value) ? renamedAll(value, ids) : value;
}

function renamedAll(value: Readonly<Record<string, unknown>>, ids: ReadonlyMap<string, string>) {
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, renamed(one, ids)]));
}
