import './port.ts';
import type { RuleDefinition } from '../../kit/definitions/define-rule.ts';
import { complete } from './complete.ts';
import { create } from './create.ts';
import { planCall } from './plan-call.ts';

export const tasks: readonly RuleDefinition[] = [create, complete, planCall];
