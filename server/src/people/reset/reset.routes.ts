import { reset, resetAsked, resetBody, resetParams } from '@signalbox/contract/people/password-reset.ts';
import type { Context } from '../../platform/context.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { checkSameOrigin } from '../entrance/same-origin.ts';
import type { People } from '../people.ts';
import { askReset, getReset, setForgotten } from './reset.ts';

const common = { tag: 'Session', access: 'public' } as const;
const url = '/api/v1/password-resets/:token';

export const resetRoutes = (context: Context, { mail, tell }: People): Route[] => [
  route({
    ...common,
    access: 'public',
    method: 'POST',
    path: '/api/v1/password-resets',
    summary: 'Forgotten: a link to the address, good once for an hour; the same answer whether somebody has it or not',
    body: resetAsked,
    answers: { 202: null },
    async handle({ body: { email }, request }) {
      checkSameOrigin(request);
      await askReset({ ...context, mail, tell }, { email, ip: request.ip });
      return { status: 202 };
    },
  }),
  route({
    ...common,
    access: 'public',
    method: 'GET',
    path: url,
    summary: 'Whose password a link sets',
    params: resetParams,
    answers: { 200: reset },
    handle: async ({ params }) => ({ status: 200, body: await getReset(context, params.token) }),
  }),
  route({
    ...common,
    access: 'public',
    method: 'POST',
    path: url,
    summary: 'Choose a new password by a link: ends all sessions; then one signs in with it',
    params: resetParams,
    body: resetBody,
    answers: { 204: null },
    async handle({ params: { token }, body: { password }, request }) {
      checkSameOrigin(request);
      await setForgotten({ ...context, mail, tell }, { token, password, ip: request.ip });
      return { status: 204 };
    },
  }),
];
