export const triggerGroups = ['communication', 'changes', 'payment', 'paperwork', 'tasks', 'other'] as const;
export type TriggerGroup = (typeof triggerGroups)[number];

export const ruleGroups = ['alerts', 'items', 'client', 'tasks', 'paperwork', 'payment', 'outside', 'flow'] as const;
export type RuleGroup = (typeof ruleGroups)[number];
