import { idParams, noContent } from '@signalbox/contract/common.ts';
import type { Context } from '../../platform/context.ts';
import { type Route, route } from '../../platform/http/http.ts';
import type { People } from '../people.ts';
import { takeFactors } from './take-factors.ts';

export const takenFactorRoutes = (context: Context, { tell }: People): Route[] => [
  route({
    method: 'DELETE',
    path: '/api/v1/users/:id/factors',
    summary: 'Take the second factors of somebody who has lost them, and end their sessions; they are told',
    tag: 'People',
    access: 'people',
    confirmed: true,
    params: idParams,
    answers: { 204: noContent },
    async handle({ caller, params: { id } }) {
      await takeFactors({ ...context, tell }, { workspaceId: caller.workspaceId, employeeId: id }, caller);
      return { status: 204 };
    },
  }),
];
