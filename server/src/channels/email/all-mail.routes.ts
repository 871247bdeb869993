import { allMail, allMailQuery } from '@signalbox/contract/channels/emails.ts';
import { idParams } from '@signalbox/contract/common.ts';
import { z } from 'zod';
import { accessEmail } from '../../access/access-email.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { fileHeaders } from '../../platform/files/file-headers.ts';
import { cleanFileName } from '../../platform/files/file-names.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../../platform/http/paging.ts';
import { listAllMail, readRaw } from './letters/all-mail.store.ts';
import { findEmail, type StoredEmail } from './letters/emails.store.ts';
import { whyHere } from './letters/why-here.ts';

const tag = 'E-mail';

/** All mail, with why each stands where it stands, so that none is nowhere. */
export const allMailRoutes = (context: Context): Route[] => [list(context), raw(context)];

const list = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/emails',
    summary: 'All mail, newest first, with why it is where it is; `placed=none`: what reached no item',
    tag,
    access: 'mail',
    query: allMailQuery,
    answers: { 200: allMail },
    async handle({ caller, query: { limit, cursor, unreadable, ...filter } }) {
      const before = parseIdCursor(cursor) ?? null;
      const asked = { ...filter, before, limit: limit + 1, onlyUnreadable: unreadable === '1' };
      const rows = await inWorkspace(databases.app, caller.workspaceId, (tx) => listAllMail(tx, asked));
      return { status: 200, body: pageOf(rows, limit, { show: present, cursor: ({ id }) => [id] }) };
    },
  });

const raw = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/emails/:id/raw',
    summary: 'A received message, byte for byte as it came',
    tag,
    access: 'employee',
    params: idParams,
    answers: { 200: z.unknown() },
    produces: 'application/octet-stream',
    async handle({ caller, params }) {
      const { letter, bytes } = await inWorkspace(databases.app, caller.workspaceId, async (tx) => ({
        letter: await accessEmail(tx, caller, { id: params.id, letter: await findEmail(tx, params.id) }, 'read'),
        bytes: await readRaw(tx, params.id),
      }));
      if (bytes === null) throw notFound(`The message as it came of e-mail ${params.id}`);
      const name = cleanFileName(`${letter.subject.replace(/[\\/]/g, '_') || 'message'}.eml`);
      return { status: 200, body: bytes, headers: fileHeaders({ name, type: 'message/rfc822' }) };
    },
  });

const MAX_PREVIEW = 200;

function present(email: StoredEmail) {
  return {
    ...{ id: email.id, item: email.item_id, mailbox: email.mailbox_id, direction: email.direction },
    ...{ messageId: email.message_id, from: { address: email.from_address, name: email.from_name } },
    ...{ to: email.to_addresses, subject: email.subject, preview: previewOf(email.new_text ?? email.text) },
    ...{ at: email.at.toISOString(), classification: email.classification, unreadable: email.unreadable },
    verified: email.verified,
    why: whyHere(email),
  };
}

function previewOf(text: string): string {
  return text.slice(0, 2_000).replace(/\s+/g, ' ').trim().slice(0, MAX_PREVIEW).toWellFormed();
}
