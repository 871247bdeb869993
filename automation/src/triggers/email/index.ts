import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import { linkClicked } from './link-clicked.ts';
import { opened } from './opened.ts';
import { received } from './received.ts';
import { sent } from './sent.ts';

export const email: readonly TriggerDefinition[] = [opened, linkClicked, received, sent];
