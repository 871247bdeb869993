import type { Spoken } from '../words/languages.ts';
import strings from './groups.strings.json' with { type: 'json' };

export const triggerGroups = ['communication', 'changes', 'payment', 'paperwork', 'tasks', 'other'] as const;
export type TriggerGroup = (typeof triggerGroups)[number];

export const ruleGroups = ['alerts', 'items', 'client', 'tasks', 'paperwork', 'payment', 'outside', 'flow'] as const;
export type RuleGroup = (typeof ruleGroups)[number];

interface GroupNames {
  readonly triggers: Readonly<Record<TriggerGroup, string>>;
  readonly rules: Readonly<Record<RuleGroup, string>>;
}

/** What the catalogue's groups are called, on the screen and in the API. */
export const groupNames: Spoken<GroupNames> = strings;
