import { idParams, type PersonRef, shortPage } from '@signalbox/contract/common.ts';
import {
  type Department,
  department,
  departmentBody,
  departmentPatch,
  departments,
} from '@signalbox/contract/people/departments.ts';
import { differences } from '../audit/differences.ts';
import { record } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { invalidAt } from '../platform/http/field-errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { pageOfAll } from '../platform/http/paging.ts';
import { announce } from '../platform/realtime.ts';
import { addDepartment, ancestorsOf, getDepartmentId, listDepartments, updateDepartment } from './departments.store.ts';
import { getPersonIdAgain, loadPeople } from './employees.store.ts';
import { checkMayPlace } from './rights/give-roles.ts';

export const departmentRoutes = (context: Context): Route[] => [list(context), add(), change()];

const list = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/departments',
    summary: 'The departments: a tree by `parent`, with their heads',
    tag: 'People',
    access: 'employee',
    query: shortPage,
    answers: { 200: departments },
    async handle({ caller, query }) {
      const data = await inWorkspace(context.databases.app, caller.workspaceId, (tx) =>
        present(tx, caller.workspaceId),
      );
      return { status: 200, body: pageOfAll(data, query) };
    },
  });

const add = () =>
  route({
    method: 'POST',
    path: '/api/v1/departments',
    summary: 'Add a department',
    tag: 'People',
    access: 'people',
    body: departmentBody,
    answers: { 201: department },
    handle: ({ caller: { workspaceId, rights }, body, write }) =>
      write(async (tx) => {
        await checkNewName(tx, workspaceId, body.name);
        const { parent_id = null, head_id = null } = await resolve(tx, workspaceId, body);
        await checkMayPlace(tx, rights, { workspaceId, departments: [parent_id] });
        const id = await addDepartment(tx, { workspaceId, name: body.name, parentId: parent_id, headId: head_id });
        announce(tx, { topic: 'departments', kind: 'created', department: id });
        const made = await getDepartment(tx, workspaceId, id);
        await recordDepartment(tx, null, made);
        return { status: 201, body: made };
      }),
  });

const change = () =>
  route({
    method: 'PATCH',
    path: '/api/v1/departments/:id',
    summary: 'Change a department',
    tag: 'People',
    access: 'people',
    params: idParams,
    body: departmentPatch,
    answers: { 200: department },
    handle: ({ caller: { workspaceId, rights }, params, body, write }) =>
      write(async (tx) => {
        const before = await getDepartment(tx, workspaceId, params.id);
        if (body.name !== undefined) await checkNewName(tx, workspaceId, body.name, params.id);
        const changes = await resolve(tx, workspaceId, { ...body, before });
        await checkMayPlace(tx, rights, { workspaceId, departments: [params.id, changes.parent_id] });
        await checkNoCircle(tx, workspaceId, { id: params.id, parentId: changes.parent_id ?? null });
        await updateDepartment(
          tx,
          { workspaceId, id: params.id },
          { ...(body.name && { name: body.name }), ...changes },
        );
        announce(tx, { topic: 'departments', kind: 'changed', department: params.id });
        const after = await getDepartment(tx, workspaceId, params.id);
        await recordDepartment(tx, before, after);
        return { status: 200, body: after };
      }),
  });

async function recordDepartment(tx: Tx, before: Department | null, after: Department): Promise<void> {
  const told = (one: Department) => ({ name: one.name, parent: one.parent, head: one.head?.name });
  await record(tx, {
    kind: before === null ? 'department-added' : 'department-changed',
    on: { kind: 'department', id: after.id, name: before?.name ?? after.name },
    changes: differences(before && told(before), told(after)),
  });
}

interface Refs {
  readonly parent?: number | string | null;
  readonly head?: PersonRef | null;
  /** As it stands: its head may be named again. */
  readonly before?: Department;
}

async function resolve(tx: Tx, workspaceId: number, { parent, head, before }: Refs) {
  return {
    ...(parent !== undefined && {
      parent_id: parent === null ? null : await getDepartmentId(tx, workspaceId, parent, 'parent'),
    }),
    ...(head !== undefined && { head_id: head === null ? null : await headId(tx, workspaceId, { head, before }) }),
  };
}

function headId(tx: Tx, workspaceId: number, { head, before }: { head: PersonRef; before: Department | undefined }) {
  return getPersonIdAgain(tx, workspaceId, { ref: head, path: 'head', stood: [before?.head?.id ?? null] });
}

async function present(tx: Tx, workspaceId: number): Promise<Department[]> {
  const rows = await listDepartments(tx, workspaceId);
  const people = await loadPeople(
    tx,
    workspaceId,
    rows.map((row) => row.head_id),
  );
  return rows.map(({ id, name, parent_id, head_id }) => ({
    ...{ id, name, parent: parent_id },
    head: head_id === null ? null : (people.get(head_id) ?? null),
  }));
}

async function getDepartment(tx: Tx, workspaceId: number, id: number): Promise<Department> {
  const found = (await present(tx, workspaceId)).find((one) => one.id === id);
  if (found === undefined) throw notFound(`Department ${id}`);
  return found;
}

async function checkNewName(tx: Tx, workspaceId: number, name: string, own?: number): Promise<void> {
  const taken = (await listDepartments(tx, workspaceId)).some(
    (one) => one.id !== own && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken)
    throw conflict('name-taken', `There is a department ${name} already`, [
      { path: 'name', code: 'taken', message: 'Choose another name' },
    ]);
}

async function checkNoCircle(
  tx: Tx,
  workspaceId: number,
  { id, parentId }: { id: number; parentId: number | null },
): Promise<void> {
  if (parentId === null) return;
  const above = ancestorsOf(await listDepartments(tx, workspaceId), parentId);
  if (above.has(id)) throw invalidAt('parent', 'circle', 'A department cannot stand below itself');
}
