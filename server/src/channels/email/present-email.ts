import { type Email, email as emailShown } from '@signalbox/contract/channels/emails.ts';
import { listDeliveries } from '../../outbox/outbox.store.ts';
import { loadPeople } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { pageById } from '../../platform/http/paging.ts';
import { type AttachmentInfo, listAttachments } from './letters/attachments.store.ts';
import type { StoredEmail } from './letters/emails.store.ts';
import { readForwarded } from './letters/forwarded-letter.ts';
import type { PageOfLetters } from './letters/pages-of-letters.store.ts';
import { loadShownHtml, type ShownHtmls } from './letters/shown-html.store.ts';
import { joinHtml } from './reading/join-html.ts';
import { type EmailEvent, listEvents, storedEvidence } from './tracking/email-events.store.ts';
import { whomToAnswer } from './writers/whom-to-answer.ts';

/** E-mails with all that belongs to them, a statement a table. HTML is sanitised; remote images only when asked for. */
export async function presentEmails(
  tx: Tx,
  emails: readonly StoredEmail[],
  { remoteImages }: { remoteImages: boolean },
): Promise<Email[]> {
  const ids = emails.map(({ id }) => id);
  const people = await loadPeople(
    tx,
    workspaceOf(tx),
    emails.map((email) => email.author_id),
  );
  const events = Map.groupBy(await listEvents(tx, ids), ({ emailId }) => emailId);
  const attachments = Map.groupBy(await listAttachments(tx, ids), ({ emailId }) => emailId);
  const pieces = await loadShownHtml(tx, emails);
  const outboxIds = emails.flatMap((email) => email.outbox_id ?? []);
  const deliveries = new Map((await listDeliveries(tx, outboxIds)).map((delivery) => [delivery.id, delivery]));
  return emails.map((email) => {
    const { id } = email;
    const files = attachments.get(id) ?? [];
    const delivery = deliveries.get(email.outbox_id ?? 0);
    return {
      ...plain(email),
      ...shown(pieces.get(id), { id, files, remoteImages }),
      author: email.author_id === null ? null : (people.get(email.author_id) ?? null),
      delivery:
        delivery === undefined
          ? null
          : { id: delivery.id, state: delivery.state, error: delivery.error, reason: delivery.reason },
      events: (events.get(id) ?? []).map(presentEvent),
      attachments: files.map(({ name, type, size }, index) => ({ number: index + 1, name, type, size })),
    };
  });
}

/** A page of them, with where the next begins. */
export async function presentPage(
  tx: Tx,
  { letters, isMore, remoteImages }: PageOfLetters & { readonly remoteImages: boolean },
): Promise<{ data: Email[]; nextCursor: string | null }> {
  return pageById(await presentEmails(tx, letters, { remoteImages }), isMore);
}

function plain(email: StoredEmail) {
  return {
    ...{
      id: email.id,
      item: email.item_id,
      direction: email.direction,
      messageId: email.message_id,
      to: email.to_addresses,
    },
    from: { address: email.from_address, name: email.from_name },
    ...{ writer: emailShown.shape.writer.parse(email.writer ?? null), ...presentAddressee(email) },
    verified: email.verified,
    authentication: emailShown.shape.authentication.catch(null).parse(email.authentication ?? null),
    ...{ forwarded: presentForwarded(email), ours: email.direction === 'in' && email.audience === 'employee' },
    ...{
      subject: email.subject,
      text: email.text,
      newText: email.new_text,
      at: email.at.toISOString(),
      classification: email.classification,
    },
    ...{
      evidence: storedEvidence(email.evidence),
      tiedBy: emailShown.shape.tiedBy.parse(email.tied_by ?? null),
      track: email.track,
    },
    ...{
      firstOpenedAt: email.first_opened_at?.toISOString() ?? null,
      openCount: email.open_count,
      clickCount: email.click_count,
      machineCount: email.machine_count,
      fetchCount: email.fetch_count,
    },
    ...{ bouncedAt: email.bounced_at?.toISOString() ?? null, unreadable: email.unreadable },
  };
}

function presentForwarded({ forwarded }: StoredEmail) {
  const letter = readForwarded(forwarded);
  return letter && { from: letter.from, subject: letter.subject, state: letter.state };
}

interface Shown {
  readonly id: number;
  readonly files: readonly AttachmentInfo[];
  readonly remoteImages: boolean;
}

function shown([whole, fresh]: ShownHtmls = [], { id, files, remoteImages }: Shown) {
  if (whole === undefined) return { html: null, newHtml: null, blockedImages: 0 };
  const attachmentUrl = (contentId: string) => {
    const index = files.findIndex((file) => file.contentId === contentId.trim().replace(/^<|>$/g, ''));
    return index === -1 ? undefined : `/api/v1/emails/${id}/attachments/${index + 1}`;
  };
  const showing = { remoteImages, attachmentUrl };
  return { ...joinHtml(whole, showing), newHtml: fresh === undefined ? null : joinHtml(fresh, showing).html };
}

function presentEvent({ id, kind, url, at, machine, counted, userAgent, evidence, times, lastAt }: EmailEvent) {
  const said = { id, kind, url, at: at.toISOString(), machine, counted, userAgent, evidence: [...evidence] };
  return { ...said, times, lastAt: lastAt.toISOString() };
}

function presentAddressee({ from_address: from, reply_to: asked, verified }: StoredEmail) {
  const { to, elsewhere } = whomToAnswer({ from, asked, verified });
  return { replyTo: to, answersElsewhere: elsewhere };
}
