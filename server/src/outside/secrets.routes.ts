import { keptSecret, keptSecretBody } from '@signalbox/contract/automation/automation.ts';
import type { Context } from '../platform/context.ts';
import { type Route, route } from '../platform/http/http.ts';
import { keepSecret } from './secrets/rule-vault.ts';

/** A secret leaves the form before the board is saved, so that no draft ever holds it. */
export const secretRoutes = ({ config, clock }: Context): Route[] => [
  route({
    method: 'POST',
    path: '/api/v1/automation/secrets',
    summary:
      'Keep a secret of a rule apart; what is answered stands for it in the settings, at the address with which the board is saved',
    tag: 'Automation',
    access: 'automation',
    body: keptSecretBody,
    answers: { 201: keptSecret },
    handle: ({ caller: { workspaceId, employeeId }, body, write }) =>
      write(async (tx) => {
        const given = { workspaceId, text: body.secret, origin: null, byId: employeeId, now: clock.now() };
        return { status: 201, body: { kept: await keepSecret(tx, config, given) } };
      }),
  }),
];
