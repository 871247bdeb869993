import './port.ts';
import type { RuleDefinition } from '../../kit/definitions/define-rule.ts';
import { planCall } from './plan-call.ts';

export const tasks: readonly RuleDefinition[] = [planCall];
