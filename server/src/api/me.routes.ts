import { language } from '@signalbox/contract/common.ts';
import { type Me, type MePatch, me, mePatch, preferences } from '@signalbox/contract/people/session.ts';
import { countUnread } from '../collaboration/notifications/notifications.store.ts';
import { recordPersonChanges } from '../people/acts/record-person.ts';
import { getUser } from '../people/create-user.ts';
import { findEmployee, loadPeople, updateEmployee } from '../people/employees.store.ts';
import { checkFurtherAddresses } from '../people/further-addresses.store.ts';
import { getWorkspace } from '../people/workspaces.store.ts';
import type { Caller, Context } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { unauthorized } from '../platform/errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { announce } from '../platform/realtime.ts';

export const meRoutes = (context: Context): Route[] => [show(context), change()];

const show = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/me',
    summary: 'Who is signed in, and where',
    tag: 'Session',
    access: 'employee',
    answers: { 200: me },
    async handle({ caller }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, (tx) => getMe(tx, caller));
      return { status: 200, body };
    },
  });

const change = () =>
  route({
    method: 'PATCH',
    path: '/api/v1/me',
    summary: "Change one's own name, language and preferences",
    tag: 'Session',
    access: 'employee',
    body: mePatch,
    answers: { 200: me },
    handle: ({ caller, body, write }) =>
      write(async (tx) => {
        await changeMe(tx, caller, body);
        // Their other tabs change the language in place, and everybody calls them by their new name.
        if (body.language !== undefined || body.name !== undefined)
          announce(tx, { topic: 'people', kind: 'changed', employee: caller.employeeId });
        return { status: 200, body: await getMe(tx, caller) };
      }),
  });

async function changeMe(tx: Tx, caller: Caller, { preferences: wanted, ...changes }: MePatch): Promise<void> {
  const { workspaceId, employeeId } = caller;
  if (changes.addresses !== undefined)
    await checkFurtherAddresses(tx, { workspaceId, employeeId, addresses: changes.addresses });
  const before = await getUser(tx, { ...caller, id: employeeId });
  const columns = { ...changes, ...(wanted !== undefined && { preferences: JSON.stringify(wanted) }) };
  if (Object.keys(columns).length === 0) return;
  await updateEmployee(tx, { workspaceId, id: employeeId }, columns);
  // Whose mail is ours is no matter of taste, as a language is.
  const after = await getUser(tx, { ...caller, id: employeeId });
  if (changes.addresses !== undefined) await recordPersonChanges(tx, workspaceId, { before, after });
}

async function getMe(tx: Tx, caller: Caller): Promise<Me> {
  const { workspaceId, employeeId } = caller;
  const employee = await findEmployee(tx, workspaceId, employeeId);
  if (employee === undefined) throw unauthorized();
  const workspace = await getWorkspace(tx, workspaceId);
  const spoken = language.catch('en');
  return {
    ...{ id: employee.id, email: employee.email, name: employee.name, role: caller.role },
    addresses: employee.addresses,
    ...(await rightsOf(tx, caller)),
    ...languageOf(caller, employee.language ?? workspace.language),
    languageChosen: caller.seenBy !== null || employee.language !== null,
    preferences: preferences.catch({}).parse(employee.preferences),
    unread: await countUnread(tx, caller),
    workspace: { ...workspace, language: spoken.parse(workspace.language) },
  };
}

// Through somebody else's eyes, but in one's own language.
function languageOf({ seenBy, language: own }: Caller, theirs: string) {
  return { language: language.catch('en').parse(seenBy === null ? theirs : own) };
}

async function rightsOf(tx: Tx, { workspaceId, employeeId, language: spoken, rights, seenBy, seenUntil }: Caller) {
  const { employeeId: _, department: colleagues, ...own } = rights;
  const { roles } = await getUser(tx, { workspaceId, id: employeeId, language: spoken });
  const people = await loadPeople(tx, workspaceId, [seenBy]);
  return {
    ...{ roles, rights: own, colleagues: [...colleagues] },
    seenBy: seenBy === null ? null : (people.get(seenBy) ?? null),
    seenUntil: seenUntil?.toISOString() ?? null,
  };
}
