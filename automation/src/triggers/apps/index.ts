import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import { app } from './app.ts';
import { visitorReturned } from './visitor-returned.ts';
import { webhook } from './webhook.ts';

export const apps: readonly TriggerDefinition[] = [webhook, app, visitorReturned];
