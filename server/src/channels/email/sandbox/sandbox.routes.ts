import {
  clickBody,
  fetched,
  machines,
  openBody,
  replied,
  replyBody,
  sandboxMails,
  sandboxQuery,
} from '@signalbox/contract/channels/sandbox.ts';
import { idParams } from '@signalbox/contract/common.ts';
import { addressOf, findMailbox } from '../../../connections/channels.store.ts';
import type { Caller, Context } from '../../../platform/context.ts';
import { inWorkspace } from '../../../platform/db.ts';
import { notFound } from '../../../platform/errors.ts';
import { invalidAt } from '../../../platform/http/field-errors.ts';
import { type Route, route } from '../../../platform/http/http.ts';
import { pageById, parseIdCursor } from '../../../platform/http/paging.ts';
import { receiveMessage } from '../inbound/receive-message.ts';
import { findEmail } from '../letters/emails.store.ts';
import { clickPath, type Tracking } from '../outbound/build-message.ts';
import { findSandboxMail, listSandboxMail, type SandboxMailRow } from '../outbound/sandbox-mail.store.ts';
import { signTarget } from '../tracking/tracking-token.ts';
import { answerLetter } from './answer-letter.ts';
import { clicksIn, fetchAs, pixelIn } from './fetch-mail.ts';
import { findFetcher, type SandboxFetcher, sandboxFetchers } from './machines.ts';

const tag = 'Sandbox';

/** What stays inside, and the client's and the machines' side of it (interfaces.md, SANDBOX). */
export const sandboxRoutes = (context: Context, tracking: Pick<Tracking, 'key'>): Route[] => [
  listMail(context),
  listMachines(),
  open(context),
  click(context, tracking),
  reply(context),
];

const listMail = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/sandbox/mail',
    summary: 'What the mail sandbox holds, newest first',
    tag,
    access: 'mail',
    query: sandboxQuery,
    answers: { 200: sandboxMails },
    async handle({ caller, query: { limit, cursor, q } }) {
      const before = parseIdCursor(cursor) ?? null;
      const { mails, isMore } = await inWorkspace(databases.app, caller.workspaceId, (tx) =>
        listSandboxMail(tx, { before, limit, q, withHouse: seesHouse(caller) }),
      );
      return { status: 200, body: pageById(mails.map(presentMail), isMore) };
    },
  });

const listMachines = () =>
  route({
    method: 'GET',
    path: '/api/v1/sandbox/machines',
    summary: 'Who may open and click in the sandbox',
    tag,
    access: 'mail',
    answers: { 200: machines },
    handle: async () => ({
      status: 200,
      body: { data: sandboxFetchers.map(({ asksHead: _, everyLink: __, ...machine }) => machine) },
    }),
  });

const open = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/sandbox/mail/:id/open',
    summary: 'Open a mail as the client or as a named machine would',
    tag,
    access: 'mail',
    params: idParams,
    body: openBody,
    answers: { 200: fetched },
    async handle({ caller, params, body, request }) {
      const mail = await getMail(context, caller, params.id);
      const pixel = pixelIn(mail.html);
      if (pixel === undefined) throw invalidAt('id', 'not-tracked', 'This mail is not tracked: it has no pixel');
      return { status: 200, body: await fetchAs(request.server, getFetcher(body.as), pixel) };
    },
  });

const click = (context: Context, tracking: Pick<Tracking, 'key'>) =>
  route({
    method: 'POST',
    path: '/api/v1/sandbox/mail/:id/click',
    summary: 'Click a link of a mail as the client or as a named machine would',
    tag,
    access: 'mail',
    params: idParams,
    body: clickBody,
    answers: { 200: fetched },
    async handle({ caller, params, body, request }) {
      const mail = await getMail(context, caller, params.id);
      const fetcher = getFetcher(body.as);
      const path = await getClickPath(context, { caller, mail, url: body.url, key: tracking.key });
      const others = fetcher.everyLink ? clicksIn(mail.html ?? mail.text).filter((other) => other !== path) : [];
      for (const other of others) await fetchAs(request.server, fetcher, other);
      return { status: 200, body: await fetchAs(request.server, fetcher, path) };
    },
  });

const reply = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/sandbox/mail/:id/reply',
    summary: 'Answer a mail as the client would, or as their absence note',
    tag,
    access: 'mail',
    params: idParams,
    body: replyBody,
    answers: { 201: replied },
    async handle({ caller, params, body }) {
      const mail = await getMail(context, caller, params.id);
      const { messageId, from, raw } = await answerLetter(mail, { ...body, at: context.clock.now() });
      const mailbox = await inWorkspace(context.databases.app, caller.workspaceId, (tx) => findMailbox(tx, mail.from));
      if (mailbox === undefined) throw invalidAt('id', 'no-mailbox', `There is no mailbox ${mail.from} any more`);
      const envelopeFrom = body.auto ? '' : from;
      await receiveMessage(context, { raw, envelopeFrom, mailboxes: [{ ...mailbox, address: addressOf(mailbox) }] });
      return { status: 201, body: { messageId } };
    },
  });

/** Whose link for a new password it is, they would sign in as: it is for who may choose that password anyhow. */
const seesHouse = ({ role, onlyReads, seenBy }: Caller) => role === 'admin' && onlyReads !== true && seenBy === null;

async function getMail({ databases }: Context, caller: Caller, id: number): Promise<SandboxMailRow> {
  const seeing = { withHouse: seesHouse(caller) };
  const mail = await inWorkspace(databases.app, caller.workspaceId, (tx) => findSandboxMail(tx, id, seeing));
  if (mail === undefined) throw notFound(`Sandbox mail ${id}`);
  return mail;
}

function getFetcher(as: string): SandboxFetcher {
  const fetcher = findFetcher(as);
  if (fetcher !== undefined) return fetcher;
  throw invalidAt('as', 'unknown-visitor', `One of: ${sandboxFetchers.map(({ id }) => id).join(', ')}`);
}

interface Clicked {
  readonly caller: Caller;
  readonly mail: SandboxMailRow;
  readonly url: string;
  readonly key: Buffer;
}

// The link as it stands in the mail, or the address where it leads.
async function getClickPath({ databases }: Context, { caller, mail, url, key }: Clicked): Promise<string> {
  const [written] = clicksIn(url);
  if (written !== undefined) return written;
  const { emailId } = mail;
  const email =
    emailId === null ? undefined : await inWorkspace(databases.app, caller.workspaceId, (tx) => findEmail(tx, emailId));
  const link = email?.links.indexOf(url) ?? -1;
  if (email === undefined || link === -1) throw invalidAt('url', 'unknown-link', 'This mail has no such tracked link');
  return clickPath(signTarget(key, { kind: 'click', workspaceId: caller.workspaceId, emailId: email.id, link }));
}

function presentMail({ emailId, itemId, at, ...mail }: SandboxMailRow) {
  return { ...mail, at: at.toISOString(), email: emailId, item: itemId };
}
