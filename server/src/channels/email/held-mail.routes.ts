import {
  emails,
  forwardedBody,
  forwardedDecided,
  heldBody,
  heldDecided,
  trustedSenders,
} from '@signalbox/contract/channels/emails.ts';
import { idParams, page } from '@signalbox/contract/common.ts';
import { accessEmail } from '../../access/access-email.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { parseIdCursor } from '../../platform/http/paging.ts';
import { decideForwarded } from './inbound/decide-forwarded.ts';
import { decideHeld } from './inbound/let-through.ts';
import { findEmail } from './letters/emails.store.ts';
import { listHeldMail } from './letters/pages-of-letters.store.ts';
import { distrustSender, listTrustedSenders } from './letters/trusted-senders.store.ts';
import { presentPage } from './present-email.ts';

const tag = 'E-mail';

/** Mail that waits for somebody to say what it is. */
export const heldMailRoutes = (context: Context): Route[] => [
  list(context),
  forwarded(context),
  held(context),
  trusted(context),
  distrust(),
];

const list = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/held-mail',
    summary: 'Mail that was held back and waits for somebody, newest first',
    tag,
    access: 'mail',
    query: page,
    answers: { 200: emails },
    async handle({ caller, query: { limit, cursor } }) {
      const before = parseIdCursor(cursor) ?? null;
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        const { letters, isMore } = await listHeldMail(tx, { before, limit });
        return presentPage(tx, { letters, isMore, remoteImages: false });
      });
      return { status: 200, body };
    },
  });

const forwarded = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/emails/:id/forwarded',
    summary: "Say whether the letter that a colleague passed on is the client's; taken, it is reported as received",
    tag,
    access: 'employee',
    params: idParams,
    body: forwardedBody,
    answers: { 200: forwardedDecided },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        await accessEmail(tx, caller, { id: params.id, letter: await findEmail(tx, params.id) }, 'change');
        const signal = await decideForwarded(tx, {
          emailId: params.id,
          ...body,
          employeeId: caller.employeeId,
          now: clock.now(),
        });
        return { status: 200, body: { id: params.id, signal } };
      }),
  });

const held = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/emails/:id/held',
    summary: 'Let mail through that was held back, or keep it; let through, it is reported as received',
    tag,
    access: 'employee',
    params: idParams,
    body: heldBody,
    answers: { 200: heldDecided },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        await accessEmail(tx, caller, { id: params.id, letter: await findEmail(tx, params.id) }, 'change');
        const { employeeId } = caller;
        const signal = await decideHeld(tx, { emailId: params.id, ...body, employeeId, now: clock.now() });
        return { status: 200, body: { id: params.id, signal } };
      }),
  });

const trusted = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/trusted-senders',
    summary: 'Whose mail is never held back',
    tag,
    access: 'mail',
    answers: { 200: trustedSenders },
    async handle({ caller }) {
      const rows = await inWorkspace(databases.app, caller.workspaceId, listTrustedSenders);
      const data = rows.map(({ createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() }));
      return { status: 200, body: { data } };
    },
  });

const distrust = () =>
  route({
    method: 'DELETE',
    path: '/api/v1/trusted-senders/:id',
    summary: 'Mail of this sender may be held back again',
    tag,
    access: 'mail',
    params: idParams,
    answers: { 204: null },
    handle: ({ params, write }) =>
      write(async (tx) => {
        if (!(await distrustSender(tx, params.id))) throw notFound(`Trusted sender ${params.id}`);
        return { status: 204 };
      }),
  });
