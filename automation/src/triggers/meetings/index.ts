import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import { visit } from './visit.ts';

export const meetings: readonly TriggerDefinition[] = [visit];
