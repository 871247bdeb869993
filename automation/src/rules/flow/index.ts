import './port.ts';
import type { RuleDefinition } from '../../kit/definitions/define-rule.ts';
import { wait } from './wait.ts';

export const flow: readonly RuleDefinition[] = [wait];
