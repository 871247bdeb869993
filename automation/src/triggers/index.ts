import type { TriggerDefinition } from '../kit/definitions/define-trigger.ts';
import { inOrder } from '../kit/definitions/families.ts';
import * as families from './families.ts';

// What triggers.md names first comes first; a family that is not named here follows.
const order = [
  'email',
  'forms',
  'telephony',
  'chat',
  'crm',
  'meetings',
  'booking',
  'payments',
  'documents',
  'tasks',
  'apps',
  'qr',
];

/** Every kind of trigger, as the catalogue lists them (triggers.md). */
export const triggers: readonly TriggerDefinition[] = inOrder(families, order);

/** Undefined: there is no such trigger. */
export function triggerByKey(key: string): TriggerDefinition | undefined {
  return byKey.get(key);
}

const byKey = new Map(triggers.map((trigger) => [trigger.key, trigger]));
