import { type Quota, quotaNames, quotas } from '@signalbox/contract/quotas.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { amountsOf } from '../../platform/quotas/check-quota.ts';
import { findMost } from '../../platform/quotas/quotas.store.ts';
import { loadPeople } from '../employees.store.ts';
import type { People } from '../people.ts';

export const quotaRoutes = (context: Context, people: People): Route[] => [show(context, people)];

const show = ({ databases, clock }: Context, { gatekeeper }: People) =>
  route({
    method: 'GET',
    path: '/api/v1/quotas',
    summary:
      'What the workspace may have and what it uses; of what each person or key has, who uses the most. Calls are those of this minute in this process',
    tag: 'Quotas',
    access: 'settings',
    answers: { 200: quotas },
    async handle({ caller: { workspaceId } }) {
      const data = await inWorkspace(databases.app, workspaceId, async (tx) => {
        const limits = await amountsOf(tx);
        const now = clock.now();
        const rows = [];
        for (const name of quotaNames)
          rows.push({
            name,
            most: name === 'calls-of-key' ? gatekeeper.mostCalls(workspaceId) : await findMost(tx, { name, now }),
          });
        const people = await loadPeople(
          tx,
          workspaceId,
          rows.map(({ most }) => most.employeeId),
        );
        return rows.map(
          ({ name, most: { employeeId, used } }): Quota => ({
            ...{ name, limit: limits[name], used },
            by: employeeId === null ? null : (people.get(employeeId) ?? null),
          }),
        );
      });
      return { status: 200, body: { data } };
    },
  });
