import { idParams } from '@signalbox/contract/common.ts';
import { item, itemBody, itemPatch, move, moveBody, notMoved } from '@signalbox/contract/items.ts';
import { getItem } from '../../crm/items/present-items.ts';
import type { Context } from '../../platform/context.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { deleteItem } from './delete-item.ts';
import { actingAs, createItemByPerson, moveByPerson, patchItemByPerson, presentMove } from './item-commands.ts';

/** What starts a visit or ends an item; its other routes stand in crm/items. */
export const itemCommandRoutes = (context: Context): Route[] => [
  create(context),
  change(context),
  remove(context),
  moveItemRoute(context),
];

const create = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/items',
    summary: "Add an item; left out: the type's first pipeline, its first stage, the caller as responsible",
    tag: 'Items',
    access: 'employee',
    body: itemBody,
    answers: { 201: item },
    handle: ({ caller, body, write }) =>
      write(async (tx) => {
        const id = await createItemByPerson(tx, actingAs(caller, clock.now()), body);
        return { status: 201, body: await getItem(tx, id, caller.rights) };
      }),
  });

const change = ({ clock }: Context) =>
  route({
    method: 'PATCH',
    path: '/api/v1/items/:id',
    summary: 'Change an item: one save is one `item.changed` signal; a stage in it moves first',
    tag: 'Items',
    access: 'employee',
    params: idParams,
    body: itemPatch,
    answers: { 200: item },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        await patchItemByPerson(tx, actingAs(caller, clock.now()), { id: params.id, patch: body });
        return { status: 200, body: await getItem(tx, params.id, caller.rights) };
      }),
  });

const remove = ({ clock }: Context) =>
  route({
    method: 'DELETE',
    path: '/api/v1/items/:id',
    summary: 'Delete an item; its waiting runs are cancelled',
    tag: 'Items',
    access: 'employee',
    params: idParams,
    answers: { 204: null },
    handle: ({ caller, params, write }) =>
      write(async (tx) => {
        await deleteItem(tx, actingAs(caller, clock.now()), params.id);
        return { status: 204 };
      }),
  });

const moveItemRoute = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/items/:id/moves',
    summary: 'Move an item to a stage; 200 when it stands there already',
    tag: 'Items',
    access: 'employee',
    params: idParams,
    body: moveBody,
    answers: { 200: notMoved, 201: move },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        const now = clock.now();
        const made = await moveByPerson(tx, actingAs(caller, now), { id: params.id, to: body });
        if (made === null) return { status: 200, body: { moved: false } };
        return { status: 201, body: await presentMove(tx, made, now) };
      }),
  });
