import { findEmployee } from '../../people/employees.store.ts';
import { getWorkspace } from '../../people/workspaces.store.ts';
import { inWorkspace } from '../../platform/db.ts';
import { isoWithOffset } from './rest/iso-with-offset.ts';
import type { Call, Method } from './rest/method.ts';
import { noAuth } from './rest/rest-error.ts';

/** server.time, profile, user.current: what client libraries ask first (bitrix24-rest.md 3). */
export const systemMethods: readonly Method[] = [
  { name: 'server.time', scope: '', run: async ({ context }) => ({ result: isoWithOffset(context.clock.now()) }) },
  { name: 'profile', scope: '', run: profile },
  { name: 'user.current', scope: 'user', run: currentUser },
];

async function profile(call: Call) {
  const { employee, timeZone } = await loadCaller(call);
  const { NAME, LAST_NAME } = namesOf(employee.name);
  const result = {
    ...{ ID: String(employee.id), ADMIN: employee.role === 'admin', NAME, LAST_NAME },
    ...{ PERSONAL_GENDER: '', PERSONAL_PHOTO: '', TIME_ZONE: timeZone, TIME_ZONE_OFFSET: 0 },
  };
  return { result };
}

async function currentUser(call: Call) {
  const { employee, timeZone } = await loadCaller(call);
  const result = {
    ...{
      ID: String(employee.id),
      XML_ID: '',
      ACTIVE: true,
      ...namesOf(employee.name),
      SECOND_NAME: '',
      EMAIL: employee.email,
    },
    ...{
      DATE_REGISTER: isoWithOffset(employee.created_at),
      IS_ONLINE: 'Y',
      TIME_ZONE: timeZone,
      USER_TYPE: 'employee',
    },
    ...{ WORK_PHONE: employee.phone ?? '', PERSONAL_MOBILE: employee.phone ?? '' },
    UF_DEPARTMENT: employee.department_id === null ? [] : [employee.department_id],
  };
  return { result };
}

async function loadCaller({ context, caller }: Call) {
  return inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
    const employee = await findEmployee(tx, caller.workspaceId, caller.employeeId);
    if (employee === undefined) throw noAuth();
    const { timeZone } = await getWorkspace(tx, caller.workspaceId);
    return { employee, timeZone };
  });
}

function namesOf(name: string): { NAME: string; LAST_NAME: string } {
  const [first = '', ...rest] = name.split(' ');
  return { NAME: first, LAST_NAME: rest.join(' ') };
}
