import { referenceParams, references } from '@signalbox/contract/automation/references.ts';
import { listReferences } from '../parts/references.ts';
import type { Context } from '../platform/context.ts';
import { inWorkspace } from '../platform/db.ts';
import { type Route, route } from '../platform/http/http.ts';
import { missingRight } from '../platform/missing-right.ts';

/** What the settings of triggers and rules choose from, whatever keeps it. */
export const referenceRoutes = ({ databases }: Context): Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/references/:kind',
    summary: 'What settings of triggers and rules may refer to: channels, forms, templates, resources …',
    tag: 'Automation',
    access: 'employee',
    params: referenceParams,
    answers: { 200: references },
    async handle({ caller, params }) {
      const { automation, settings } = caller.rights.areas;
      if (!automation && !settings) throw missingRight('no-automation');
      const all = await inWorkspace(databases.app, caller.workspaceId, (tx) => listReferences(tx, params.kind));
      return { status: 200, body: { data: (all ?? []).map(({ id, name }) => ({ id, name })) } };
    },
  }),
];
