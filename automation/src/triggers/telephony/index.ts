import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import { incomingCall } from './incoming-call.ts';
import { missedCall } from './missed-call.ts';
import { outgoingCall } from './outgoing-call.ts';

export const telephony: readonly TriggerDefinition[] = [outgoingCall, incomingCall, missedCall];
