import type { RuleDefinition } from '../kit/definitions/define-rule.ts';
import { comment } from './alerts/comment.ts';
import { emailEmployee } from './alerts/email-employee.ts';
import { notify } from './alerts/notify.ts';
import { email } from './clients/email.ts';
import { changeResponsible } from './items/change-responsible.ts';
import { changeStage } from './items/change-stage.ts';
import { modify } from './items/modify.ts';

/** Every kind of automation rule, as the catalogue lists them (rules.md). */
export const rules: readonly RuleDefinition[] = [
  notify,
  comment,
  emailEmployee,
  modify,
  changeStage,
  changeResponsible,
  email,
];

/** Undefined: there is no such rule. */
export function ruleByKey(key: string): RuleDefinition | undefined {
  return byKey.get(key);
}

const byKey = new Map(rules.map((rule) => [rule.key, rule]));
