import {
  clientsQuery,
  companies,
  company,
  companyBody,
  companyPatch,
  contact,
  contactBody,
  contactPatch,
  contacts,
} from '@signalbox/contract/clients.ts';
import { idParams, page } from '@signalbox/contract/common.ts';
import { items } from '@signalbox/contract/items.ts';
import { accessClient } from '../../access/access-client.ts';
import { seenValues } from '../../access/held-fields.ts';
import { reachableClients } from '../../access/reachable-clients.store.ts';
import { loadPeople } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Context, Rights } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../../platform/http/paging.ts';
import { type ClientKind, type ClientRow, findClient, listClients } from '../client-book/clients.store.ts';
import { listItems } from '../items/list-items.ts';
import { addClient, changeClient } from './save-client.ts';

const kinds = {
  contact: {
    kind: 'contact',
    url: '/api/v1/contacts',
    tag: 'Clients',
    one: contact,
    many: contacts,
    body: contactBody,
    patch: contactPatch,
  },
  company: {
    kind: 'company',
    url: '/api/v1/companies',
    tag: 'Clients',
    one: company,
    many: companies,
    body: companyBody,
    patch: companyPatch,
  },
} as const;
type Kind = (typeof kinds)[ClientKind];

export const clientRoutes = (context: Context): Route[] =>
  Object.values(kinds).flatMap((kind) => [
    list(context, kind),
    add(context, kind),
    show(context, kind),
    change(context, kind),
    listOwn(context, kind),
  ]);

const list = (context: Context, { kind, url, tag, many }: Kind) =>
  route({
    method: 'GET',
    path: url,
    tag,
    access: 'employee',
    summary: 'Newest first; `q` is found in names, e-mail addresses and phone numbers',
    query: clientsQuery,
    answers: { 200: many },
    async handle({ caller, query: { q, limit, cursor } }) {
      const below = parseIdCursor(cursor);
      const body = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        const reach = reachableClients(caller.rights, kind, 'read');
        const rows = await listClients(tx, kind, { q, below, limit: limit + 1, reach });
        const show = await presenter(tx, { kind, rights: caller.rights }, rows);
        return pageOf(rows, limit, { show, cursor: (row) => [row.id] });
      });
      return { status: 200, body };
    },
  });

const add = ({ clock }: Context, { kind, url, tag, one, body: schema }: Kind) =>
  route({
    method: 'POST',
    path: url,
    tag,
    access: 'employee',
    summary: kind === 'contact' ? 'Add a contact' : 'Add a company',
    body: schema,
    answers: { 201: one },
    handle: ({ caller, body, write }) =>
      write(async (tx) => {
        const by = { id: caller.employeeId, rights: caller.rights };
        const id = await addClient(tx, by, { kind, body, now: clock.now() });
        return { status: 201, body: await getClient(tx, { kind, rights: caller.rights }, id) };
      }),
  });

const show = (context: Context, { kind, url, tag, one }: Kind) =>
  route({
    method: 'GET',
    path: `${url}/:id`,
    tag,
    access: 'employee',
    summary: kind === 'contact' ? 'A contact' : 'A company',
    params: idParams,
    answers: { 200: one },
    async handle({ caller, params }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        await accessClient(tx, caller, { kind, id: params.id }, 'read');
        return getClient(tx, { kind, rights: caller.rights }, params.id);
      });
      return { status: 200, body };
    },
  });

const change = ({ clock }: Context, { kind, url, tag, one, patch }: Kind) =>
  route({
    method: 'PATCH',
    path: `${url}/:id`,
    tag,
    access: 'employee',
    summary: 'Change it; `emails` and `phones` replace all that were there',
    params: idParams,
    body: patch,
    answers: { 200: one },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        await accessClient(tx, caller, { kind, id: params.id }, 'change');
        const { rights } = caller;
        await changeClient(tx, params.id, { kind, body, now: clock.now(), rights });
        return { status: 200, body: await getClient(tx, { kind, rights }, params.id) };
      }),
  });

const listOwn = (context: Context, { kind, url, tag }: Kind) =>
  route({
    method: 'GET',
    path: `${url}/:id/items`,
    tag,
    access: 'employee',
    summary: "The client's items, newest first",
    params: idParams,
    query: page,
    answers: { 200: items },
    async handle({ caller, params, query }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        await accessClient(tx, caller, { kind, id: params.id }, 'read');
        const { rights } = caller;
        return listItems(tx, { ...query, rights, client: { kind, id: params.id }, now: context.clock.now() });
      });
      return { status: 200, body };
    },
  });

interface Showing {
  readonly kind: ClientKind;
  /** Whose answer it is. */
  readonly rights: Rights;
}

async function getClient(tx: Tx, { kind, rights }: Showing, id: number) {
  const row = await findClient(tx, kind, id);
  if (row === undefined) throw notFound(`${kind === 'contact' ? 'Contact' : 'Company'} ${id}`);
  return (await presenter(tx, { kind, rights }, [row]))(row);
}

async function presenter(tx: Tx, { kind, rights }: Showing, rows: readonly ClientRow[]) {
  const people = await loadPeople(
    tx,
    workspaceOf(tx),
    rows.map((row) => row.responsibleId),
  );
  return ({ id, name, emails, phones, fields, createdAt, updatedAt, ...row }: ClientRow) => ({
    ...{ id, name, emails, phones, createdAt, updatedAt, fields: seenValues(rights, kind, fields) },
    responsible: row.responsibleId === null ? null : (people.get(row.responsibleId) ?? null),
    ...(kind === 'contact' && { firstName: row.firstName, lastName: row.lastName, company: row.companyId }),
  });
}
