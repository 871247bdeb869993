import { idParams } from '@signalbox/contract/common.ts';
import { handedOver, handOverBody, holdings } from '@signalbox/contract/people/hand-over.ts';
import { getPersonId } from '../../people/employees.store.ts';
import { checkMayManage, checkMayPlace } from '../../people/rights/give-roles.ts';
import { loadOwnDepartments } from '../../people/rights/rights.store.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { actingAs } from '../moves/item-commands.ts';
import { handOver, listHoldings } from './hand-over.ts';

/** Who takes over when somebody leaves. */
export const handOverRoutes = ({ databases, clock }: Context): Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/users/:id/holdings',
    summary: 'What an employee is responsible for: items, clients, channels, and the rules that name them',
    tag: 'People',
    access: 'people',
    params: idParams,
    answers: { 200: holdings },
    async handle({ caller, params }) {
      return {
        status: 200,
        body: await inWorkspace(databases.app, caller.workspaceId, (tx) => listHoldings(tx, params.id)),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/users/:id/hand-over',
    summary: 'Another employee takes over; ask again while `left` says that items wait',
    tag: 'People',
    access: 'people',
    params: idParams,
    body: handOverBody,
    answers: { 200: handedOver },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        const { workspaceId } = caller;
        await checkMayManage(tx, caller.rights, { workspaceId, employeeId: params.id });
        // The heir heads what the leaver headed.
        const departments = await loadOwnDepartments(tx, { workspaceId, employeeId: params.id });
        await checkMayPlace(tx, caller.rights, { workspaceId, people: [params.id], departments });
        const to = await getPersonId(tx, workspaceId, body.to, 'to');
        // Whoever manages people may do it, whatever else they see.
        const acting = { ...actingAs(caller, clock.now()), rights: undefined };
        return { status: 200, body: await handOver(tx, acting, { from: params.id, to }) };
      }),
  }),
];
