import { emails, forwardedBody, forwardedDecided } from '@signalbox/contract/channels/emails.ts';
import { idParams, page } from '@signalbox/contract/common.ts';
import { accessEmail } from '../../access/access-email.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../../platform/http/paging.ts';
import { decideForwarded } from './inbound/decide-forwarded.ts';
import { findEmail } from './letters/emails.store.ts';
import { listHeldMail } from './letters/held-mail.store.ts';
import { presentEmails } from './present-email.ts';

const tag = 'E-mail';

/** Mail that waits for somebody to say what it is. */
export const heldMailRoutes = (context: Context): Route[] => [list(context), forwarded(context)];

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
        const shown = await presentEmails(tx, await listHeldMail(tx, { before, limit: limit + 1 }), {
          remoteImages: false,
        });
        return pageOf(shown, limit, { show: (one) => one, cursor: ({ id }) => [id] });
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
