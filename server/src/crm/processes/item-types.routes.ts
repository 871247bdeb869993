import { noContent, shortPage } from '@signalbox/contract/common.ts';
import {
  type ItemTypeEntry,
  itemTypeBody,
  itemTypeEntry,
  itemTypeIcon,
  itemTypeParams,
  itemTypePatch,
  itemTypes,
} from '@signalbox/contract/item-types.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOfAll } from '../../platform/http/paging.ts';
import { listSmartProcesses, type SmartProcess } from '../types/item-types.store.ts';
import { listStandardTypes } from '../types/standard-types.ts';
import { changeSmartProcess, makeSmartProcess, removeSmartProcess } from './smart-processes.ts';

export const itemTypeRoutes = (context: Context): Route[] => [list(context), add(), change(), remove(context)];

const tag = 'Item types';

const list = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/item-types',
    summary: 'The types of items: the standard ones, then the smart processes that were made here',
    tag,
    access: 'employee',
    query: shortPage,
    answers: { 200: itemTypes },
    async handle({ caller, query }) {
      const own = await inWorkspace(context.databases.app, caller.workspaceId, listSmartProcesses);
      const all = [...listStandardTypes(caller.language), ...own.map(present)];
      return { status: 200, body: pageOfAll(all, query) };
    },
  });

const add = () =>
  route({
    method: 'POST',
    path: '/api/v1/item-types',
    summary: 'Make a smart process: a type of item of your own, with a first pipeline',
    tag,
    access: 'settings',
    body: itemTypeBody,
    answers: { 201: itemTypeEntry },
    handle: ({ body, write }) =>
      write(async (tx) => ({ status: 201, body: present(await makeSmartProcess(tx, body)) })),
  });

const change = () =>
  route({
    method: 'PATCH',
    path: '/api/v1/item-types/:code',
    summary: 'Rename a smart process or give it another picture; its code stays',
    tag,
    access: 'settings',
    params: itemTypeParams,
    body: itemTypePatch,
    answers: { 200: itemTypeEntry },
    handle: ({ params, body, write }) =>
      write(async (tx) => ({ status: 200, body: present(await changeSmartProcess(tx, params.code, body)) })),
  });

const remove = ({ clock }: Context) =>
  route({
    method: 'DELETE',
    path: '/api/v1/item-types/:code',
    summary: 'Delete a smart process that has no items, with its pipelines, automation and fields',
    tag,
    access: 'settings',
    params: itemTypeParams,
    answers: { 204: noContent },
    handle: ({ params, write }) =>
      write(async (tx) => {
        await removeSmartProcess(tx, params.code, clock.now());
        return { status: 204 };
      }),
  });

function present({ icon, ...process }: SmartProcess): ItemTypeEntry {
  return { ...process, icon: itemTypeIcon.safeParse(icon).data ?? null, standard: false };
}
