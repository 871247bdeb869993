import type { Part } from '../../parts/part.ts';
import type { Weigh } from '../../signals/parse-signals.ts';
import { allMailRoutes } from './all-mail.routes.ts';
import { emailRoutes } from './emails.routes.ts';
import { heldMailRoutes } from './held-mail.routes.ts';
import { bindSignals } from './inbound/bind-signals.ts';
import { startIncomingMail } from './inbound/incoming-mail.ts';
import { mailPort } from './outbound/mail-port.ts';
import { createMailSender } from './outbound/mail-sender.ts';
import { undoEmail } from './outbound/undo-email.ts';
import { sandboxRoutes } from './sandbox/sandbox.routes.ts';
import { judgeReported } from './tracking/judge-fetch.ts';
import { settleClicks } from './tracking/settle-clicks.ts';
import { trackingRoutes } from './tracking/tracking.routes.ts';
import { trackingKey } from './tracking/tracking-key.ts';

// Whoever opens a document is weighed as who opens an e-mail.
const weighed = ['email.opened', 'email.link-clicked', 'document.opened'];

/** A reported open or click is a machine's if its user agent or address says so and the reporter has not weighed it (semantics.md 9.1). */
const weigh: Weigh = (kind, payload) => {
  if (!weighed.includes(kind) || payload.machine !== undefined) return payload;
  const { machine, evidence } = judgeReported({ userAgent: textOf(payload.userAgent), ip: textOf(payload.ip) });
  return { ...payload, machine, evidence };
};

/** Letters to and from clients: sent, received, tied, tracked. */
export const email: Part = {
  name: 'email',
  channels: ['mailbox'],
  routes: (context, { findEmployee }) => [
    ...allMailRoutes(context),
    ...emailRoutes(context),
    ...heldMailRoutes(context),
    ...trackingRoutes(context, { key: trackingKey(context), findEmployee }),
  ],
  sandbox: (context) => sandboxRoutes(context, { key: trackingKey(context) }),
  senders: {
    mail: (context) => createMailSender(context, { key: trackingKey(context), publicUrl: context.config.publicUrl }),
  },
  entries: ['email', 'email-opened', 'email-clicked', 'email-bounced'],
  scenes: ['card-email', 'sandbox-mailbox'],
  ports: { mail: mailPort },
  undoes: { email: undoEmail },
  listeners: startIncomingMail,
  bind: bindSignals,
  weigh,
  polls: (context) => [{ everyMs: 1_000, work: () => settleClicks(context) }],
};

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
