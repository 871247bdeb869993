import { type OidcProblem, oidcQuery } from '@signalbox/contract/people/oidc.ts';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../../platform/context.ts';
import { inSystem } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { createChallenges } from '../factors/challenges.ts';
import { markSecond } from '../factors/factors.store.ts';
import type { Identity, Provider } from '../oidc-provider/provider.ts';
import { markConfirmed } from '../own-account/own-account.store.ts';
import type { People } from '../people.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { forgetAsked, type Kept, keepAsked, readAsked } from './asked-cookie.ts';
import { findTied } from './identities.store.ts';
import { NotIn, whoComes } from './who-comes.ts';

/** Signing in at the operator's issuer, and confirming there who one is; without OIDC_ISSUER these lead back to the sign-in screen. */
export const oidcRoutes = (context: Context, people: People): Route[] => [
  leave(context, people),
  comeBack(context, people),
];

const tag = 'Session';

const leave = (context: Context, { oidc, accounts }: People) =>
  route({
    method: 'GET',
    path: '/api/v1/session/oidc',
    summary: 'Leads the browser to the sign-in of the issuer (OIDC_ISSUER)',
    tag,
    access: 'public',
    query: oidcQuery,
    answers: { 302: null },
    async handle({ query: { next, anew }, request }) {
      const from = anew === '1' ? CONFIRMED : SIGN_IN;
      const own = anew === '1' ? await accounts.findSession(request) : undefined;
      if (oidc === undefined || (anew === '1' && own === undefined)) return back(from, 'oidc-failed');
      const begun = await oidc.ask({ anew: anew === '1' }).catch(() => undefined);
      if (begun === undefined) return back(from, 'oidc-down');
      const kept = { ...begun.asked, next: localPath(next), confirms: own?.sessionId };
      const cookie = keepAsked(context.config, kept, context.clock.now());
      return { status: 302, headers: { location: begun.url, 'set-cookie': cookie } };
    },
  });

const comeBack = (context: Context, people: People) =>
  route({
    method: 'GET',
    path: '/api/v1/session/oidc/callback',
    summary: 'Where the issuer sends the browser back to: sets the session cookie',
    tag,
    access: 'public',
    answers: { 302: null },
    async handle({ request }) {
      const { config, log, clock } = context;
      const kept = readAsked(config, request.headers.cookie, clock.now());
      const from = kept?.anew ? CONFIRMED : SIGN_IN;
      if (people.oidc === undefined || kept === undefined) return back(from, 'oidc-failed', config);
      try {
        const who = await identify(context, people.oidc, { kept, request });
        return await (kept.anew ? confirm : enter)(context, people, { who, kept, request });
      } catch (error) {
        if (error instanceof NotIn) return back(from, error.problem, config);
        log.warn({ err: error }, 'a sign-in at the issuer was refused');
        return back(from, 'oidc-failed', config);
      }
    },
  });

interface Return {
  readonly kept: Kept;
  readonly request: FastifyRequest;
}

interface Coming extends Return {
  readonly who: Identity;
}

// Each answer is taken once: a second one of the same state is a replay.
async function identify(context: Context, oidc: Provider, { kept, request }: Return): Promise<Identity> {
  const { spend } = createChallenges(context);
  const isFirst = await inSystem(context.databases.system, (tx) => spend(tx, `oidc ${kept.state}`));
  if (!isFirst) throw new NotIn('oidc-failed');
  return oidc.identify(new URL(request.url, context.config.publicUrl), kept);
}

// The session stays: what it has given before is not lost, and nobody comes in by this.
async function confirm({ databases, clock, config }: Context, { accounts }: People, { who, kept, request }: Coming) {
  const own = await accounts.findSession(request);
  if (own === undefined || own.sessionId !== kept.confirms) throw new NotIn('oidc-failed');
  await inSystem(databases.system, async (tx) => {
    if ((await findTied(tx, who)) !== own.accountId) throw new NotIn('oidc-not-you');
    await markConfirmed(tx, own.sessionId, givenAt(who, clock.now()));
  });
  return { status: 302, headers: { location: CONFIRMED, 'set-cookie': forgetAsked(config) } };
}

async function enter(context: Context, people: People, { who, kept, request }: Coming) {
  const { databases, clock, config } = context;
  const accountId = await whoComes(context, who, request.ip);
  const signedIn = await people.accounts.begin(accountId, request);
  const now = clock.now();
  await inSystem(databases.system, async (tx) => {
    // The issuer has asked for a second factor; else ours is asked for.
    if (who.amr?.includes('mfa')) await markSecond(tx, signedIn.sessionId, now);
    // It counts as the password given when it was given there, which need not be now.
    await markConfirmed(tx, signedIn.sessionId, givenAt(who, now));
  });
  if (!(await recordSignIn(context, signedIn, request.ip))) throw new NotIn('oidc-nobody');
  const cookies = [forgetAsked(config), ...signedIn.cookies];
  return { status: 302, headers: { location: kept.next, 'set-cookie': cookies } };
}

const SIGN_IN = '/sign-in';
const CONFIRMED = '/confirmed';

/** When the issuer says that they gave their password there; a time to come is no longer ago than now. */
const givenAt = ({ auth_time: seconds = 0 }: Identity, now: Date) => new Date(Math.min(seconds * 1_000, now.getTime()));

function back(page: string, problem: OidcProblem, config?: Context['config']) {
  const cookie = config && { 'set-cookie': forgetAsked(config) };
  return { status: 302, headers: { location: `${page}?problem=${problem}`, ...cookie } };
}

/** Only a path of ours: a forged link must not lead from our sign-in to somebody else's page. */
const localPath = (next: string | undefined) => (next !== undefined && /^\/(?![/\\])[^\\\s]*$/.test(next) ? next : '/');
