import { idParams } from '@signalbox/contract/common.ts';
import { grantsOf } from '@signalbox/contract/people/rights.ts';
import { type ItemAccess, itemAccess } from '@signalbox/contract/people/roles.ts';

import { loadPeople } from '../people/employees.store.ts';
import { type Holder, loadEverybody } from '../people/rights/everybody.store.ts';
import { summariseRole } from '../people/rights/summarise-role.ts';
import type { Caller, Context, Rights } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { type Route, route } from '../platform/http/http.ts';
import { accessItem } from './access-item.ts';
import type { OwnedItem } from './owned-items.store.ts';
import { reachesItem } from './reach.ts';

export const itemAccessRoutes = ({ databases }: Context): Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/items/:id/access',
    summary: 'Who can see the item and why, and who can change or delete it',
    tag: 'Rights',
    access: 'employee',
    params: idParams,
    answers: { 200: itemAccess },
    async handle({ caller, params }) {
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) =>
        explain(tx, caller, await accessItem(tx, caller, params.id, 'read')),
      );
      return { status: 200, body };
    },
  }),
];

async function explain(tx: Tx, { workspaceId, language }: Caller, item: OwnedItem): Promise<ItemAccess> {
  const everybody = await loadEverybody(tx, workspaceId);
  const readers = everybody.filter(({ rights }) => reachesItem(rights, item, 'read'));
  const people = await loadPeople(
    tx,
    workspaceId,
    readers.map(({ rights }) => rights.employeeId),
  );
  const show = ({ rights, roles }: Holder) => {
    const person = people.get(rights.employeeId);
    if (person === undefined) return [];
    return [
      {
        person,
        roles: roles.map((one) => summariseRole(one, language)),
        because: reasonOf(rights, item),
        change: reachesItem(rights, item, 'change'),
        delete: reachesItem(rights, item, 'delete'),
      },
    ];
  };
  return { data: readers.flatMap(show), automation: 'all' };
}

function reasonOf(rights: Rights, item: OwnedItem): ItemAccess['data'][number]['because'] {
  if (rights.administrator) return 'administrator';
  const { read } = grantsOf(rights.items, { type: item.type, pipeline: item.pipelineId });
  if (read === 'all') return 'all';
  if (item.responsibleId === rights.employeeId) return 'responsible';
  const isColleague = item.responsibleId !== null && rights.department.includes(item.responsibleId);
  return read === 'department' && isColleague ? 'department' : 'observer';
}
