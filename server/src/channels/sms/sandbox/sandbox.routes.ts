import { sandboxSmsList } from '@signalbox/contract/channels/sandbox.ts';
import { page } from '@signalbox/contract/common.ts';
import type { Context } from '../../../platform/context.ts';
import { inWorkspace } from '../../../platform/db.ts';
import { type Route, route } from '../../../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../../../platform/http/paging.ts';
import { listSandboxSms } from './sandbox-sms.store.ts';

export const smsSandboxRoutes = (context: Context): Route[] => [listSms(context)];

const listSms = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/sandbox/sms',
    summary: 'What the SMS sandbox holds, newest first',
    tag: 'Sandbox',
    access: 'mail',
    query: page,
    answers: { 200: sandboxSmsList },
    async handle({ caller, query: { limit, cursor } }) {
      const before = parseIdCursor(cursor) ?? null;
      const rows = await inWorkspace(databases.app, caller.workspaceId, (tx) =>
        listSandboxSms(tx, { before, limit: limit + 1 }),
      );
      const show = ({ at, ...sms }: (typeof rows)[number]) => ({ ...sms, at: at.toISOString() });
      return { status: 200, body: pageOf(rows, limit, { show, cursor: (row) => [row.id] }) };
    },
  });
