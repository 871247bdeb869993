import type { RuleDefinition } from '../kit/definitions/define-rule.ts';
import { inOrder } from '../kit/definitions/families.ts';
import * as families from './families.ts';

// What rules.md names first comes first; a family that is not named here follows.
const order = ['alerts', 'items', 'clients', 'tasks'];

/** Every kind of automation rule, as the catalogue lists them (rules.md). */
export const rules: readonly RuleDefinition[] = inOrder(families, order);

/** Undefined: there is no such rule. */
export function ruleByKey(key: string): RuleDefinition | undefined {
  return byKey.get(key);
}

const byKey = new Map(rules.map((rule) => [rule.key, rule]));
