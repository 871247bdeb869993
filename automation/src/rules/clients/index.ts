import type { RuleDefinition } from '../../kit/definitions/define-rule.ts';
import { email } from './email.ts';
import { modify } from './modify.ts';

export const clients: readonly RuleDefinition[] = [email, modify];
