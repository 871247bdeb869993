import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import { callback } from './callback.ts';
import { submitted } from './submitted.ts';

export const forms: readonly TriggerDefinition[] = [callback, submitted];
