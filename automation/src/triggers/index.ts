import type { TriggerDefinition } from '../kit/definitions/define-trigger.ts';
import { app } from './apps/app.ts';
import { visitorReturned } from './apps/visitor-returned.ts';
import { webhook } from './apps/webhook.ts';
import { booked } from './booking/booked.ts';
import { accepted } from './chat/accepted.ts';
import { firstMessage } from './chat/first-message.ts';
import { message } from './chat/message.ts';
import { reactionTime } from './chat/reaction-time.ts';
import { fieldChanged } from './crm/field-changed.ts';
import { responsibleChanged } from './crm/responsible-changed.ts';
import { created } from './documents/created.ts';
import { documentOpened } from './documents/opened.ts';
import { linkClicked } from './email/link-clicked.ts';
import { opened } from './email/opened.ts';
import { received } from './email/received.ts';
import { sent } from './email/sent.ts';
import { callback } from './forms/callback.ts';
import { submitted } from './forms/submitted.ts';
import { visit } from './meetings/visit.ts';
import { invoicePaid } from './payments/invoice-paid.ts';
import { orderPaid } from './payments/order-paid.ts';
import { scanned } from './qr/scanned.ts';
import { statusChanged } from './tasks/status-changed.ts';
import { incomingCall } from './telephony/incoming-call.ts';
import { missedCall } from './telephony/missed-call.ts';
import { outgoingCall } from './telephony/outgoing-call.ts';

/** Every kind of trigger, as the catalogue lists them (triggers.md). */
export const triggers: readonly TriggerDefinition[] = [
  opened,
  linkClicked,
  received,
  sent,
  callback,
  outgoingCall,
  incomingCall,
  missedCall,
  firstMessage,
  accepted,
  reactionTime,
  message,
  fieldChanged,
  responsibleChanged,
  submitted,
  visit,
  booked,
  invoicePaid,
  orderPaid,
  created,
  documentOpened,
  statusChanged,
  webhook,
  app,
  visitorReturned,
  scanned,
];

/** Undefined: there is no such trigger. */
export function triggerByKey(key: string): TriggerDefinition | undefined {
  return byKey.get(key);
}

const byKey = new Map(triggers.map((trigger) => [trigger.key, trigger]));
