import {
  groupNames,
  type RuleGroup,
  ruleGroups,
  type TriggerGroup,
  triggerGroups,
} from '@signalbox/automation/kit/settings/groups.ts';
import type { Problem } from '@signalbox/automation/kit/settings/problems.ts';
import { pathText } from '@signalbox/automation/kit/settings/problems.ts';
import { isEmpty } from '@signalbox/automation/kit/values/values.ts';
import type { Language } from '@signalbox/automation/kit/words/languages.ts';
import { rules } from '@signalbox/automation/rules/index.ts';
import { triggers } from '@signalbox/automation/triggers/index.ts';
import { definitionOf, kindName, type Lane } from '../../../controls/definitions.ts';
import type { Card } from './cards.ts';
import type { Entry } from './search.ts';

/** The name it was given, else its kind's. */
export const cardName = (card: Card, language: Language): string =>
  card.name === '' ? kindName(card, language) : card.name;

const catalogue: readonly Entry[] = [
  ...triggers.map(({ key, icon, group, strings }) => ({
    lane: 'trigger' as const,
    key,
    icon,
    group,
    strings,
    only: null,
  })),
  ...rules.map(({ key, icon, group, strings, only }) => ({ lane: 'rule' as const, key, icon, group, strings, only })),
];

/** What may stand on boards of a type. */
export const catalogueOf = (type: string): readonly Entry[] =>
  catalogue.filter(({ only }) => only === null || only.includes(type));

interface Group {
  readonly lane: Lane;
  readonly group: TriggerGroup | RuleGroup;
  name(language: Language): string;
}

export const groups: readonly Group[] = [
  ...triggerGroups.map((group) => ({
    lane: 'trigger' as const,
    group,
    name: (language: Language) => groupNames[language].triggers[group],
  })),
  ...ruleGroups.map((group) => ({
    lane: 'rule' as const,
    group,
    name: (language: Language) => groupNames[language].rules[group],
  })),
];

export interface SettingProblem {
  /** `settings.links`, `settings.changes[0].field`. */
  readonly field: string;
  readonly code: string;
  readonly message: string;
  readonly params?: Problem['params'] | undefined;
}

/** What the definition itself says against a card's settings. */
export function problemsOf(card: Card): readonly SettingProblem[] {
  const definition = definitionOf(card);
  if (definition === undefined) return [];
  const raw = saidOnly(card.settings);
  const result = 'bind' in definition ? definition.bind(raw) : definition.parse(raw);
  return result.ok
    ? []
    : result.problems
        .map(toProblem)
        .map((problem) => (isUnset(card, problem.field) ? { ...problem, code: 'required' } : problem));
}

/** A required setting that says nothing, whatever the schema makes of it. */
function isUnset(card: Card, field: string): boolean {
  const name = /^settings\.([^.[]+)/.exec(field)?.[1] ?? '';
  return definitionOf(card)?.fields[name]?.required === true && isEmpty(card.settings[name]);
}

/** Settings that say nothing are left out of the file. */
export function saidOnly(settings: Card['settings']): Card['settings'] {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined && value !== null));
}

const toProblem = ({ path, ...problem }: Problem): SettingProblem => ({ ...problem, field: pathText(path) });
