import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import { scanned } from './scanned.ts';

export const qr: readonly TriggerDefinition[] = [scanned];
