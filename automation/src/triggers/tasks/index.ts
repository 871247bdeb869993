import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import { statusChanged } from './status-changed.ts';

export const tasks: readonly TriggerDefinition[] = [statusChanged];
