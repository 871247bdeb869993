import { randomBytes } from 'node:crypto';
import {
  type MailDomain,
  mailDomain,
  mailDomainBody,
  mailDomainParams,
  mailDomains,
} from '@signalbox/contract/channels/mail-domains.ts';
import { record } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { invalidAt } from '../platform/http/field-errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { normalDomain, SANDBOX_DOMAIN } from './domain-names.ts';
import { findProof } from './find-proof.ts';
import { askForProof, claimDomain, listProofs, releaseDomain, setChecked } from './mail-domains.store.ts';
import { presentDomains } from './present-domains.ts';

const tag = 'Channels';
const MAX_ASKED = 50;

/** Which domains are the workspace's, over all workspaces (docs/adr/0021). */
export const mailDomainRoutes = (context: Context): Route[] => [list(context), ask(), check(context), release()];

const list = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/mail-domains',
    summary: 'The domains of the mailboxes, and those that are claimed or asked for',
    tag,
    access: 'settings',
    answers: { 200: mailDomains },
    handle: async ({ caller }) => ({
      status: 200,
      body: { data: await inWorkspace(databases.app, caller.workspaceId, presentDomains) },
    }),
  });

const ask = () =>
  route({
    method: 'POST',
    path: '/api/v1/mail-domains',
    summary: 'Ask for a domain: answers the TXT record that proves that it is yours',
    tag,
    access: 'settings',
    body: mailDomainBody,
    answers: { 201: mailDomain },
    handle: ({ body, write }) =>
      write(async (tx) => {
        const domain = parseDomain(body.domain);
        const proofs = await listProofs(tx);
        if (proofs.length >= MAX_ASKED && !proofs.some((proof) => proof.domain === domain))
          throw conflict('too-many-domains', `At most ${MAX_ASKED} domains can be asked for at the same time`);
        await askForProof(tx, { domain, token: randomBytes(20).toString('hex') });
        await tell(tx, 'mail-domain-asked', domain);
        return { status: 201, body: await getShown(tx, domain) };
      }),
  });

const check = ({ databases, config, clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/mail-domains/:domain/check',
    summary: 'Look for the TXT record now; where it stands, the workspace has the domain',
    tag,
    access: 'settings',
    params: mailDomainParams,
    answers: { 200: mailDomain },
    async handle({ caller, params, write }) {
      const domain = parseDomain(params.domain);
      const proof = await inWorkspace(databases.app, caller.workspaceId, (tx) => findAsked(tx, domain));
      const problem = await findProof(config.dnsServers, proof);
      return write(async (tx) => {
        const at = clock.now();
        // It may have been released, or asked for anew, while the DNS was asked.
        if ((await findAsked(tx, domain)).token !== proof.token) throw notFound(`Mail domain ${domain}`);
        await setChecked(tx, { domain, problem, at });
        if (problem === null) {
          if (!(await claimDomain(tx, { domain, by: 'dns', at }))) throw taken(domain);
          await tell(tx, 'mail-domain-claimed', domain);
        }
        return { status: 200, body: await getShown(tx, domain) };
      });
    },
  });

const release = () =>
  route({
    method: 'DELETE',
    path: '/api/v1/mail-domains/:domain',
    summary: 'Give a domain back, or ask for it no more',
    tag,
    access: 'settings',
    params: mailDomainParams,
    answers: { 204: null },
    handle: ({ params, write }) =>
      write(async (tx) => {
        const domain = parseDomain(params.domain);
        if (!(await releaseDomain(tx, domain))) throw notFound(`Mail domain ${domain}`);
        await tell(tx, 'mail-domain-released', domain);
        return { status: 204 };
      }),
  });

/** 409: another workspace has claimed it. Which, nobody is told. */
export function taken(domain: string) {
  const message = `The domain ${domain} belongs to another company on this installation`;
  return conflict('domain-taken', message, [{ path: 'domain', code: 'domain-taken', message }]);
}

function parseDomain(text: string): string {
  const domain = normalDomain(text);
  if (domain === undefined) throw invalidAt('domain', 'domain', `"${text}" is not a domain like firm.example`);
  if (domain === SANDBOX_DOMAIN)
    throw invalidAt('domain', 'sandbox-domain', `${SANDBOX_DOMAIN} belongs to every workspace`);
  return domain;
}

async function findAsked(tx: Tx, domain: string) {
  const proof = (await listProofs(tx)).find((one) => one.domain === domain);
  if (proof === undefined) throw notFound(`Mail domain ${domain}`);
  return proof;
}

async function getShown(tx: Tx, domain: string): Promise<MailDomain> {
  const shown = (await presentDomains(tx)).find((one) => one.domain === domain);
  if (shown === undefined) throw notFound(`Mail domain ${domain}`);
  return shown;
}

async function tell(
  tx: Tx,
  kind: 'mail-domain-asked' | 'mail-domain-claimed' | 'mail-domain-released',
  domain: string,
): Promise<void> {
  await record(tx, { kind, on: { kind: 'mail-domain', id: domain, name: domain } });
}
