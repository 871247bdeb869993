import './port.ts';
import type { RuleDefinition } from '../../kit/definitions/define-rule.ts';
import { webhook } from './webhook.ts';

export const outside: readonly RuleDefinition[] = [webhook];
