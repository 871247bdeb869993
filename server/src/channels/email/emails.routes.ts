import {
  attachmentParams,
  email,
  emailBody,
  emailQuery,
  emailQueued,
  emails,
  emailsQuery,
  rebindBody,
  rebound,
} from '@signalbox/contract/channels/emails.ts';
import { idParams } from '@signalbox/contract/common.ts';
import { z } from 'zod';
import { accessEmail } from '../../access/access-email.ts';
import { accessItem } from '../../access/access-item.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { isAsNamed } from '../../platform/files/as-named.ts';
import { createStorage } from '../../platform/files/create-storage.ts';
import { fileHeaders } from '../../platform/files/file-headers.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { parseIdCursor } from '../../platform/http/paging.ts';
import { rebindEmail } from './inbound/rebind-email.ts';
import { readAttachment } from './letters/attachments.store.ts';
import { findEmail } from './letters/emails.store.ts';
import { listEmailsOfItem } from './letters/pages-of-letters.store.ts';
import { FileGone, loadAttachments } from './outbound/load-attachments.ts';
import { sendFromItem } from './outbound/send-from-item.ts';
import { textOfHtml } from './outbound/text-of-html.ts';
import { presentEmails, presentPage } from './present-email.ts';

const tag = 'E-mail';
/** Attachments travel inside the JSON. */
const MAX_BODY_BYTES = 30 * 1024 * 1024;

export const emailRoutes = (context: Context): Route[] => [
  listOfItem(context),
  send(context),
  show(context),
  attachment(context),
  rebind(),
];

const listOfItem = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/items/:id/emails',
    summary: 'The e-mails of an item, newest first, with opens, clicks and the evidence',
    tag,
    access: 'employee',
    params: idParams,
    query: emailsQuery,
    answers: { 200: emails },
    async handle({ caller, params, query: { limit, cursor, images } }) {
      const before = parseIdCursor(cursor) ?? null;
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        await accessItem(tx, caller, params.id, 'read');
        const { letters, isMore } = await listEmailsOfItem(tx, params.id, { before, limit });
        return presentPage(tx, { letters, isMore, remoteImages: images === '1' });
      });
      return { status: 200, body };
    },
  });

const send = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/items/:id/emails',
    summary: 'Write to the client from the item',
    tag,
    access: 'employee',
    params: idParams,
    body: emailBody,
    bodyLimitBytes: MAX_BODY_BYTES,
    answers: { 201: emailQueued },
    async handle({ caller, params, body, write }) {
      const text = body.text ?? (await textOfHtml(body.html ?? '', caller));
      return write(async (tx) => {
        await accessItem(tx, caller, params.id, 'change');
        const writing = { itemId: params.id, body: { ...body, text }, now: clock.now(), rights: caller.rights };
        const { emailId, messageId } = await sendFromItem(tx, { ...writing, employeeId: caller.employeeId });
        return { status: 201, body: { id: emailId, messageId } };
      });
    },
  });

const show = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/emails/:id',
    summary: 'One e-mail; `images=1` shows remote images',
    tag,
    access: 'employee',
    params: idParams,
    query: emailQuery,
    answers: { 200: email },
    async handle({ caller, params, query }) {
      const [body] = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        const letter = await findEmail(tx, params.id);
        const found = await accessEmail(tx, caller, { id: params.id, letter }, 'read');
        return presentEmails(tx, [found], { remoteImages: query.images === '1' });
      });
      if (body === undefined) throw notFound(`E-mail ${params.id}`);
      return { status: 200, body };
    },
  });

const attachment = ({ databases, config }: Context, storage = createStorage(config)) =>
  route({
    method: 'GET',
    path: '/api/v1/emails/:id/attachments/:number',
    summary: 'An attachment, counted from 1',
    tag,
    access: 'employee',
    params: attachmentParams,
    answers: { 200: z.unknown() },
    produces: 'application/octet-stream',
    async handle({ caller, params }) {
      const file = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        const letter = await findEmail(tx, params.id);
        await accessEmail(tx, caller, { id: params.id, letter }, 'read');
        return readAttachment(tx, { emailId: params.id, number: params.number });
      });
      const [loaded] = file === undefined ? [] : await loadAttachments(storage, [file]).catch(noneIfGone);
      if (loaded === undefined) throw notFound(`Attachment ${params.number} of e-mail ${params.id}`);
      // What a letter calls a picture is shown as one only when it is one.
      const type = isAsNamed(loaded, loaded.content) ? loaded.type : 'application/octet-stream';
      return { status: 200, body: loaded.content, headers: fileHeaders({ ...loaded, type }) };
    },
  });

const rebind = () =>
  route({
    method: 'POST',
    path: '/api/v1/emails/:id/rebind',
    summary: 'Tie a received e-mail to another item; it is judged again there',
    tag,
    access: 'employee',
    params: idParams,
    body: rebindBody,
    answers: { 200: rebound },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        await accessEmail(tx, caller, { id: params.id, letter: await findEmail(tx, params.id) }, 'change');
        await accessItem(tx, caller, body.item, 'change');
        const rebinding = { emailId: params.id, itemId: body.item, employeeId: caller.employeeId };
        return { status: 200, body: { id: params.id, item: body.item, signal: await rebindEmail(tx, rebinding) } };
      }),
  });

function noneIfGone(error: unknown): [] {
  if (error instanceof FileGone) return [];
  throw error;
}
