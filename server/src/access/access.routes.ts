import { idParams } from '@signalbox/contract/common.ts';
import { access } from '@signalbox/contract/people/roles.ts';
import type { Context } from '../platform/context.ts';
import { inWorkspace } from '../platform/db.ts';
import { type Route, route } from '../platform/http/http.ts';
import { accessClient } from './access-client.ts';
import { accessItem } from './access-item.ts';
import { clientSeen, explainAccess, itemSeen } from './explain-access.ts';
import { getClientOwner, listItemsOfClient } from './owned-items.store.ts';

export const accessRoutes = (context: Context): Route[] => [
  ofItem(context),
  ofClient(context, 'contact'),
  ofClient(context, 'company'),
];

const tag = 'Rights';

const ofItem = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/items/:id/access',
    summary: 'Who can see the item and why, and who can change or delete it',
    tag,
    access: 'employee',
    params: idParams,
    answers: { 200: access },
    async handle({ caller, params }) {
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        const item = await accessItem(tx, caller, params.id, 'read');
        return explainAccess(tx, caller, itemSeen(item));
      });
      return { status: 200, body };
    },
  });

const ofClient = ({ databases }: Context, kind: 'contact' | 'company') =>
  route({
    method: 'GET',
    path: kind === 'contact' ? '/api/v1/contacts/:id/access' : '/api/v1/companies/:id/access',
    summary: `Who can see the ${kind} and why, and who can change or delete it`,
    tag,
    access: 'employee',
    params: idParams,
    answers: { 200: access },
    async handle({ caller, params }) {
      const client = { kind, id: params.id };
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        await accessClient(tx, caller, client, 'read');
        const responsibleId = await getClientOwner(tx, client);
        return explainAccess(tx, caller, clientSeen({ responsibleId, items: await listItemsOfClient(tx, client) }));
      });
      return { status: 200, body };
    },
  });
