import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import { fieldChanged } from './field-changed.ts';
import { responsibleChanged } from './responsible-changed.ts';

export const crm: readonly TriggerDefinition[] = [fieldChanged, responsibleChanged];
