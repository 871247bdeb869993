import { idParams } from '@signalbox/contract/common.ts';
import { conversionPlan, convertBody, converted } from '@signalbox/contract/conversion.ts';
import { accessItem } from '../../access/access-item.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { actingAs } from '../moves/item-commands.ts';
import { planConversion } from './conversion-plan.ts';
import { convertLead } from './convert-lead.ts';

export const conversionRoutes = (context: Context): Route[] => [plan(context), convert(context)];

const plan = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/items/:id/conversion',
    summary: 'What a conversion would make of a lead, and the deals that were made of it already',
    tag: 'Items',
    access: 'employee',
    params: idParams,
    answers: { 200: conversionPlan },
    async handle({ caller, params }) {
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        await accessItem(tx, caller, params.id, 'read');
        return planConversion(tx, params.id, caller.rights);
      });
      return { status: 200, body };
    },
  });

const convert = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/items/:id/convert',
    summary:
      'Make a deal of a lead, with its clients, and move the lead to its won stage; 200 with the deal made before',
    tag: 'Items',
    access: 'employee',
    params: idParams,
    body: convertBody,
    answers: { 200: converted, 201: converted },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        const done = await convertLead(tx, actingAs(caller, clock.now()), { leadId: params.id, input: body });
        return { status: done.created ? 201 : 200, body: done };
      }),
  });
