import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import { created } from './created.ts';
import { documentOpened } from './opened.ts';

export const documents: readonly TriggerDefinition[] = [created, documentOpened];
