import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import { accepted } from './accepted.ts';
import { firstMessage } from './first-message.ts';
import { message } from './message.ts';
import { reactionTime } from './reaction-time.ts';

export const chat: readonly TriggerDefinition[] = [firstMessage, accepted, reactionTime, message];
