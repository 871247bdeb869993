import type { z } from 'zod';
import { appTriggered, qrScanned, visitorReturned, webhookCalled } from './app.ts';
import { callEnded, callMissed, callStarted } from './call.ts';
import { chatAccepted, chatMessage, chatReplied, chatStarted, chatWaiting } from './chat.ts';
import type { SignalDefinition } from './define-signal.ts';
import { documentCreated, documentOpened } from './document.ts';
import { emailLinkClicked, emailOpened, emailReceived, emailSent } from './email.ts';
import { formSubmitted } from './form.ts';
import { itemChanged } from './item.ts';
import { bookingCreated, visitFinished, visitStarted } from './meeting.ts';
import { invoicePaid, orderPaid } from './payment.ts';
import { taskStatusChanged } from './task.ts';

const all = [
  emailOpened,
  emailLinkClicked,
  emailReceived,
  emailSent,
  callStarted,
  callEnded,
  callMissed,
  chatStarted,
  chatAccepted,
  chatReplied,
  chatWaiting,
  chatMessage,
  formSubmitted,
  invoicePaid,
  orderPaid,
  documentCreated,
  documentOpened,
  visitStarted,
  visitFinished,
  bookingCreated,
  itemChanged,
  taskStatusChanged,
  webhookCalled,
  appTriggered,
  visitorReturned,
  qrScanned,
] as const;

type Known = (typeof all)[number];
export type SignalKind = Known['kind'];
/** The payload of one kind of signal, as it is after the schema has filled in its defaults. */
export type PayloadOf<K extends SignalKind> = z.output<Extract<Known, { readonly kind: K }>['schema']>;

/** Every kind of signal there is (semantics.md 1.1). */
export const signalKinds: readonly SignalDefinition<SignalKind>[] = all;

export function findSignalKind(kind: string): SignalDefinition<SignalKind> | undefined {
  return signalKinds.find((definition) => definition.kind === kind);
}
