import { OAuth2Server } from 'oauth2-mock-server';
import type { TestBrowser } from '../second-factor/testing-browser.ts';

const CLIENT_ID = 'signalbox';

export const locationOf = ({ headers }: { headers: Readonly<Record<string, unknown>> }) => String(headers.location);

/** An issuer of OpenID Connect on this machine: discovery, PKCE and signed tokens as anywhere, and everybody is let in at once. */
export async function startIssuer() {
  const issuer = new OAuth2Server();
  let claims: Record<string, unknown> = {};
  await issuer.issuer.keys.generate('RS256');
  await issuer.start(0, '127.0.0.1');
  issuer.service.on('beforeTokenSigning', ({ payload }: { payload: object }) => Object.assign(payload, claims));

  /** The browser leaves for the issuer, which sends it back at once: where it comes back to. */
  async function visit(browser: TestBrowser, query = ''): Promise<string> {
    const leaving = locationOf(await browser('GET', `/session/oidc${query}`));
    if (!URL.canParse(leaving)) return leaving;
    const answer = await fetch(leaving, { redirect: 'manual' });
    const { pathname, search } = new URL(answer.headers.get('location') ?? 'about:blank');
    return `${pathname}${search}`;
  }

  return {
    environment: {
      ...{ OIDC_CLIENT_ID: CLIENT_ID, OIDC_CLIENT_SECRET: 'a secret of the issuer', OIDC_NAME: 'Firm ID' },
      OIDC_ISSUER: issuer.issuer.url ?? '',
    },
    /** What the next tokens say. */
    says(next: Record<string, unknown>) {
      claims = { aud: CLIENT_ID, ...next };
    },
    visit,
    async come(browser: TestBrowser, query = ''): Promise<string> {
      const answer = await visit(browser, query);
      return answer.startsWith('/api/') ? locationOf(await browser('GET', answer)) : answer;
    },
    stop: () => issuer.stop(),
  };
}
export type TestIssuer = Awaited<ReturnType<typeof startIssuer>>;
