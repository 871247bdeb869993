import type { RuleDefinition } from '../../kit/definitions/define-rule.ts';
import { email } from './email.ts';

export const clients: readonly RuleDefinition[] = [email];
