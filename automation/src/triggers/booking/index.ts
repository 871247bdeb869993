import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import { booked } from './booked.ts';

export const booking: readonly TriggerDefinition[] = [booked];
