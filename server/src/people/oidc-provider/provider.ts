import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';

const TIMEOUT_S = 5;
/** Asked again so often while it does not answer. */
const RETRY_MS = 15_000;

/** What the issuer says of somebody, in a token that is signed for us. */
const identity = z.object({
  iss: z.string(),
  sub: z.string().min(1),
  email: z.email().optional(),
  email_verified: z.boolean().optional(),
  name: z.string().max(200).optional(),
  /** How they proved it (RFC 8176): `mfa` counts as a second factor. */
  amr: z.array(z.string()).optional(),
  auth_time: z.number().optional(),
});
export type Identity = z.infer<typeof identity>;

/** What has to come back with the answer, kept by the browser that asked. */
export interface Asked {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Whoever signed in at the issuer long ago does it again. */
  readonly anew: boolean;
}

export interface Provider {
  readonly name: string;
  /** Its description can be read just now. */
  isUp(): Promise<boolean>;
  /** Where the browser goes, and what has to come back. Throws when the issuer is down. */
  ask(options: { anew: boolean }): Promise<{ url: string; asked: Asked }>;
  /** Who came back; throws for a wrong state, nonce, audience, signature or code. `url`: with everything that came back. */
  identify(url: URL, asked: Asked): Promise<Identity>;
}

/** The issuer of OIDC_ISSUER, which the operator trusts; undefined without one. */
export function createProvider({ config, log }: Pick<Context, 'config' | 'log'>): Provider | undefined {
  const { oidc, publicUrl } = config;
  if (oidc === undefined) return undefined;
  const redirect_uri = `${publicUrl}/api/v1/session/oidc/callback`;
  const find = remember(() => {
    const issuer = new URL(oidc.issuer);
    const execute = issuer.protocol === 'http:' ? [allowInsecureRequests] : [];
    return discovery(issuer, oidc.clientId, oidc.clientSecret, undefined, { execute, timeout: TIMEOUT_S });
  });
  return {
    name: oidc.name,
    isUp: () =>
      find().then(
        () => true,
        (error: unknown) => {
          log.warn({ err: error }, 'the issuer of OIDC_ISSUER does not answer');
          return false;
        },
      ),
    async ask({ anew }) {
      const asked = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), anew };
      const url = buildAuthorizationUrl(await find(), {
        ...{ redirect_uri, scope: 'openid email profile', state: asked.state, nonce: asked.nonce },
        ...{ code_challenge: await calculatePKCECodeChallenge(asked.verifier), code_challenge_method: 'S256' },
        ...(anew && { prompt: 'login', max_age: '0' }),
      });
      return { url: url.href, asked };
    },
    async identify(url, { state, nonce, verifier, anew }) {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const tokens = await authorizationCodeGrant(await find(), url, { ...checks, ...(anew && { maxAge: 60 }) });
      return identity.parse(tokens.claims());
    },
  };
}

/** Once found it stays; while it cannot be found it is asked for again now and then, and not at each request. */
function remember(find: () => Promise<Configuration>): () => Promise<Configuration> {
  let found: Promise<Configuration> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;
  return () => {
    const isOld = performance.now() - failedAt > RETRY_MS;
    if (found === undefined || (failedAt !== Number.NEGATIVE_INFINITY && isOld)) {
      failedAt = Number.NEGATIVE_INFINITY;
      found = find();
      found.catch(() => {
        failedAt = performance.now();
      });
    }
    return found;
  };
}
