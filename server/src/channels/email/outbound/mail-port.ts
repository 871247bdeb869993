import type { Attachments, MailPort } from '@signalbox/automation/kit/definitions/ports.ts';
import { findFieldSpec } from '@signalbox/automation/kit/values/values.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { findMailbox } from '../../../connections/channels.store.ts';
import type { PortRun } from '../../../parts/port-run.ts';
import { UserError } from '../../../platform/errors.ts';
import type { AttachedFile } from '../letters/attachments.store.ts';
import { findLastWith } from '../letters/threads.store.ts';
import { normalAddress } from '../reading/addresses.ts';
import { attachFiles } from './attach-files.ts';
import { type OutgoingMail, queueMail } from './queue-mail.ts';

/** Mail of rules: rows in the outbox, sent by the delivery jobs (semantics.md 5.8). To a client it goes on with the item's conversation. */
export function mailPort(scope: PortRun): MailPort {
  const { tx } = scope;
  const queue = async (mail: Partial<OutgoingMail> & Wanted) => {
    const queued = await scope.write(() => queueMail(tx, toMail(scope, mail)).catch(saidInWords));
    scope.did({ kind: 'email', email: queued.emailId, outbox: queued.outboxId });
    return queued;
  };
  return {
    findMailbox: async (mailbox) => (await findMailbox(tx, mailbox))?.id ?? null,
    async queueToEmployee({ mailboxId, toIds, subject, text, showOnTimeline, attachments }) {
      const files = await attached(scope, attachments);
      const outboxIds: number[] = [];
      for (const address of toIds.flatMap((id) => scope.reference.people.get(id)?.email ?? [])) {
        const queued = await queue({
          audience: 'employee',
          mailbox: mailboxId,
          to: [address],
          subject,
          text,
          attachments: files,
          onTimeline: showOnTimeline,
          sent: null,
        });
        outboxIds.push(queued.outboxId);
      }
      return { outboxIds };
    },
    async queueToClient({ mailboxId, to, subject, text, html, track, attachments }) {
      const files = await attached(scope, attachments);
      const address = to === null ? scope.item().client?.emails[0] : normalAddress(to);
      if (address === undefined)
        throw new Impossible(to === null ? because('no-address') : because('not-an-address', { address: to }));
      const sent = { by: 'rule' as const, chain: scope.chain };
      const { emailId } = await queue({
        audience: 'client',
        mailbox: mailboxId,
        to: [address],
        subject,
        text,
        html,
        track,
        attachments: files,
        answers: await findLastWith(tx, { itemId: scope.item().id, address }),
        onTimeline: true,
        sent,
      });
      return { emailId };
    },
  };
}

function saidInWords(error: unknown): never {
  if (error instanceof UserError && error.code === 'quota') throw new Impossible(because('mail-quota'));
  throw error;
}

type Wanted = Pick<OutgoingMail, 'audience' | 'mailbox' | 'to' | 'subject' | 'onTimeline' | 'sent'>;

function toMail(scope: PortRun, mail: Partial<OutgoingMail> & Wanted): OutgoingMail {
  const item = scope.item();
  const client = mail.audience === 'client';
  return {
    track: false,
    ...mail,
    itemId: item.id,
    contactId: client ? (item.contact?.id ?? null) : null,
    companyId: client ? (item.company?.id ?? null) : null,
    authorId: item.responsible?.id ?? null,
    runId: scope.run.id,
    ruleName: scope.ruleName,
    at: scope.now,
  };
}

// A mail without what was promised is worse than none.
async function attached(scope: PortRun, { fields, files }: Attachments): Promise<readonly AttachedFile[]> {
  const ids = [...fields.flatMap((code) => filesIn(scope, code)), ...files];
  const found = await attachFiles(scope.tx, ids);
  if ('reason' in found) throw new Impossible(found.reason);
  return found.files;
}

// An empty file field attaches nothing; that is for a condition to say.
function filesIn(scope: PortRun, code: string): number[] {
  const { fields, values } = scope.item();
  if (findFieldSpec(fields, code)?.kind !== 'file') throw new Impossible(because('no-file-field', { field: code }));
  return [values[code] ?? []].flat().filter((value) => typeof value === 'number');
}
